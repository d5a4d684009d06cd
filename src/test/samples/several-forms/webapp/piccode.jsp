<%@ page contentType="image/jpeg" import="java.awt.*, java.awt.image.*, java.util.*, javax.imageio.*"
%><%
  BufferedImage image = new BufferedImage(60, 20, BufferedImage.TYPE_INT_RGB);
  Graphics g = image.getGraphics();
  g.setColor(Color.WHITE);
  g.fillRect(0, 0, 60, 20);
  Random random = new Random();
  String rand = "";
  for (int i = 0; i < 4; i++) {
    String letter = String.valueOf((char) ('a' + random.nextInt(26)));
    rand += letter;
    g.setColor(new Color(20 + random.nextInt(110), 20 + random.nextInt(110), 20 + random.nextInt(110)));
    g.drawString(letter, 13 * i + 6, 16);
  }
  g.dispose();
  session.setAttribute("piccode", rand.toUpperCase());
  ImageIO.write(image, "JPEG", response.getOutputStream());
  out.clear();
  out = pageContext.pushBody();
%>
