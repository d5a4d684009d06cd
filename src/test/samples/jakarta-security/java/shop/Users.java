package shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

@ApplicationScoped
public class Users implements IdentityStore {

  private final AtomicInteger checked = new AtomicInteger();

  public CredentialValidationResult validate(UsernamePasswordCredential credential) {
    checked.incrementAndGet();
    return credential.compareTo("demo", "demo")
        ? new CredentialValidationResult("demo", Set.of("user"))
        : CredentialValidationResult.INVALID_RESULT;
  }

  /** How many passwords were looked at. */
  public int checked() {
    return checked.get();
  }
}
