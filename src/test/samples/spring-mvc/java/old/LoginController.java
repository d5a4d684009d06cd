package old;

import com.google.code.kaptcha.Constants;
import com.google.code.kaptcha.Producer;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

@Controller
public class LoginController {

  @Autowired private Producer captchaProducer;

  @RequestMapping("/captcha-image.do")
  public void image(HttpSession session, HttpServletResponse response) throws IOException {
    String text = captchaProducer.createText();
    session.setAttribute(Constants.KAPTCHA_SESSION_KEY, text);
    response.setContentType("image/jpeg");
    ImageIO.write(captchaProducer.createImage(text), "jpg", response.getOutputStream());
  }

  @RequestMapping(value = "/login.do", method = RequestMethod.POST)
  @ResponseBody
  public String login(
      HttpSession session,
      @RequestParam("username") String username,
      @RequestParam("kaptcha") String kaptcha) {
    String expected = (String) session.getAttribute(Constants.KAPTCHA_SESSION_KEY);
    return kaptcha.equalsIgnoreCase(expected) ? "Welcome, " + username : "The code is wrong";
  }
}
