package old;

import com.opensymphony.xwork2.ActionContext;
import com.opensymphony.xwork2.ActionSupport;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.struts2.ServletActionContext;

public class CodeAction extends ActionSupport {

  public String execute() throws Exception {
    String code = String.valueOf(1000 + new Random().nextInt(9000));
    ActionContext.getContext().getSession().put("checkcode", code);
    BufferedImage image = new BufferedImage(70, 24, BufferedImage.TYPE_INT_RGB);
    Graphics g = image.getGraphics();
    g.fillRect(0, 0, 70, 24);
    g.setColor(Color.BLACK);
    g.drawString(code, 10, 18);
    g.dispose();
    ServletActionContext.getResponse().setContentType("image/jpeg");
    ImageIO.write(image, "jpg", ServletActionContext.getResponse().getOutputStream());
    return NONE;
  }
}
