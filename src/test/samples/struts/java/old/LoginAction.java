package old;

import com.opensymphony.xwork2.ActionContext;
import com.opensymphony.xwork2.ActionSupport;

public class LoginAction extends ActionSupport {

  private String checkcode;

  public String execute() {
    String expected = (String) ActionContext.getContext().getSession().get("checkcode");
    return expected.equalsIgnoreCase(checkcode) ? SUCCESS : INPUT;
  }

  public String getCheckcode() {
    return checkcode;
  }

  public void setCheckcode(String checkcode) {
    this.checkcode = checkcode;
  }
}
