package io.anynode.captcha.render;

import cn.apiclub.captcha.Captcha;
import cn.apiclub.captcha.backgrounds.GradiatedBackgroundProducer;
import cn.apiclub.captcha.text.renderer.ColoredEdgesWordRenderer;
import cn.hutool.captcha.AbstractCaptcha;
import cn.hutool.captcha.CircleCaptcha;
import cn.hutool.captcha.LineCaptcha;
import cn.hutool.captcha.ShearCaptcha;
import com.google.code.kaptcha.impl.DefaultKaptcha;
import com.google.code.kaptcha.util.Config;
import com.wf.captcha.SpecCaptcha;
import io.anynode.captcha.challenge.TextMaker;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import javax.imageio.ImageIO;

/**
 * Ours and its peers, each drawing 5 characters at 200×50 as its users get them when they set
 * nothing else: text, drawing and file.
 */
enum Drawers {
  /** Ours at the usual level. */
  OURS {
    @Override
    Drawer drawer() {
      return ours(PictureDifficulty.MEDIUM);
    }
  },
  EASY {
    @Override
    Drawer drawer() {
      return ours(PictureDifficulty.EASY);
    }
  },
  HARD {
    @Override
    Drawer drawer() {
      return ours(PictureDifficulty.HARD);
    }
  },
  /** As its {@code SimpleCaptchaServlet} does. */
  SIMPLECAPTCHA {
    @Override
    Drawer drawer() {
      List<Color> colours = List.of(Color.BLACK);
      List<Font> fonts =
          List.of(new Font("Geneva", Font.ITALIC, 48), new Font("Courier", Font.BOLD, 48));
      return () -> {
        Captcha captcha =
            new Captcha.Builder(WIDTH, HEIGHT)
                .addText(new ColoredEdgesWordRenderer(colours, fonts))
                .gimp()
                .addNoise()
                .addBackground(new GradiatedBackgroundProducer())
                .build();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(captcha.getImage(), "png", file);
        return new Drawn(captcha.getAnswer(), file.toByteArray());
      };
    }
  },
  KAPTCHA {
    @Override
    Drawer drawer() {
      DefaultKaptcha kaptcha = new DefaultKaptcha();
      kaptcha.setConfig(new Config(new Properties()));
      return () -> {
        String text = kaptcha.createText();
        BufferedImage image = kaptcha.createImage(text);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", file);
        return new Drawn(text, file.toByteArray());
      };
    }
  },
  EASYCAPTCHA {
    @Override
    Drawer drawer() {
      return () -> {
        SpecCaptcha captcha = new SpecCaptcha(WIDTH, HEIGHT, LENGTH);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        captcha.out(file);
        return new Drawn(captcha.text(), file.toByteArray());
      };
    }
  },
  HUTOOL_LINE {
    @Override
    Drawer drawer() {
      return () -> hutool(new LineCaptcha(WIDTH, HEIGHT));
    }
  },
  HUTOOL_SHEAR {
    @Override
    Drawer drawer() {
      return () -> hutool(new ShearCaptcha(WIDTH, HEIGHT));
    }
  },
  HUTOOL_CIRCLE {
    @Override
    Drawer drawer() {
      return () -> hutool(new CircleCaptcha(WIDTH, HEIGHT));
    }
  };

  static final int WIDTH = 200;
  static final int HEIGHT = 50;
  static final int LENGTH = 5;

  /** A picture's file and what it shows. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares two
  record Drawn(String text, byte[] file) {}

  /** Draws another picture at each call. Safe for use by many threads. */
  interface Drawer {
    Drawn draw() throws IOException;
  }

  abstract Drawer drawer();

  private static Drawer ours(PictureDifficulty difficulty) {
    Pictures pictures = new SimpleCaptchaPictures(WIDTH, HEIGHT, Format.PNG, difficulty);
    TextMaker maker = new TextMaker(LENGTH, /* caseSensitive= */ false);
    return () -> {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      String text = maker.make(random).shown();
      return new Drawn(text, pictures.draw(text, random.nextLong()));
    };
  }

  private static Drawn hutool(AbstractCaptcha captcha) {
    captcha.createCode();
    return new Drawn(captcha.getCode(), captcha.getImageBytes());
  }
}
