/**
 * Sessions as files in a folder that every node sees. No locks, no index, no process that another
 * one must wait for: each step is one system call that the file system makes atomic.
 *
 * <pre>
 * sessions/ab/ab12…/meta       a session: a folder named by the SHA-256 of its id
 * sessions/ab/ab12…/34cd…      an attribute, named by the SHA-256 of its name
 * agreed/56ef…                 what {@code agree} keeps
 * counts/78ab…/…               a count: an empty file for each addition, which its name tells
 * tmp/…                        sessions being built or deleted; whoever finds an old one removes it
 * </pre>
 *
 * <ul>
 *   <li>Write: a temporary file in the session's folder, renamed over the old one. A writer that is
 *       killed leaves the old content, and a temporary file that ends with the session.
 *   <li>Claim: read, then unlink. Of all callers one unlinks; the others are told that there is no
 *       such file. A claimed attribute is not written again, so what was read is what was unlinked.
 *   <li>Rotation and deletion: the session's folder is renamed. A name is never used twice, so what
 *       a stale request still wants to write there has nowhere to go.
 *   <li>Last access: the time of {@code meta}, so that the commonest save is one system call and
 *       overwrites nothing.
 * </ul>
 *
 * <p>This needs a POSIX file system, on which rename and unlink succeed for one caller: local
 * disks, NFS (version 4.1 or later answers a repeated request as it did the first), CephFS,
 * GlusterFS. On NFS, mount with {@code actimeo=0}, or a node sees another one's attributes only
 * when its cache expires. An SMB share will not do: a file that two clients have opened for
 * deletion is deleted by both.
 */
@NullMarked
package io.anynode.captcha.session.file;

import org.jspecify.annotations.NullMarked;
