package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.http.ShortAnswer;
import io.anynode.captcha.render.Sounds;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;

/**
 * {@code GET <id>.wav}: speaks a challenge of this session, in English. It changes nothing.
 *
 * <p>A single range is answered as such (RFC 9110, section 14): Safari plays nothing without it.
 * With {@code ?download} browsers save the file.
 */
final class SoundEndpoint implements Endpoint {

  private final Captcha captcha;
  private final Sounds sounds;

  SoundEndpoint(Captcha captcha, Sounds sounds) {
    this.captcha = captcha;
    this.sounds = sounds;
  }

  @Override
  public void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ProblemException {
    byte[] wav = captcha.sound(request, CaptchaServlet.idIn(request), sounds);
    if (wav == null) {
      throw CaptchaServlet.noSuchChallenge();
    }
    response.setHeader("Accept-Ranges", "bytes");
    response.setHeader("Content-Language", "en");
    if (request.getParameter("download") != null) {
      response.setHeader("Content-Disposition", "attachment; filename=\"captcha.wav\"");
    }
    ShortAnswer.send(response, "audio/wav", part(wav, request, response));
  }

  private static byte[] part(byte[] wav, HttpServletRequest request, HttpServletResponse response)
      throws ProblemException {
    ByteRange range = ByteRange.in(request, wav.length);
    if (range == null) {
      return wav;
    }
    if (range.isEmpty()) {
      response.setHeader("Content-Range", "bytes */" + wav.length);
      throw new ProblemException(
          HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE,
          "The sound has %d bytes.".formatted(wav.length));
    }
    response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    response.setHeader(
        "Content-Range", "bytes %d-%d/%d".formatted(range.first(), range.last(), wav.length));
    return Arrays.copyOfRange(wav, range.first(), range.last() + 1);
  }
}
