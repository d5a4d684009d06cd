package io.anynode.captcha.render;

import java.awt.image.BufferedImage;

/** A picture's file format. */
public enum Format {
  /** PNG: the smallest, and the fastest to write. */
  PNG("image/png"),
  /** JPEG, for pages whose old picture was one. */
  JPEG("image/jpeg"),
  /** GIF, likewise; it does not move. */
  GIF("image/gif");

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Its media type. */
  public String mediaType() {
    return mediaType;
  }

  byte[] encode(BufferedImage grey) {
    return this == PNG ? GreyPng.encode(grey) : ImageIoFile.encode(grey, name());
  }
}
