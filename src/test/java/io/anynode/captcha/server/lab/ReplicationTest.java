package io.anynode.captcha.server.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ReplicationTest {

  private static List<String> values(Document document, String element, String attribute) {
    NodeList found = document.getElementsByTagName(element);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      if (found.item(i) instanceof Element one) {
        values.add(one.getAttribute(attribute));
      }
    }
    return values;
  }

  @Test
  void aWorkersFileNamesItsOwnPortAndAllOtherWorkers() throws Exception {
    String text = new Replication(2, List.of(7001, 7002, 7003, 7004, 7005), "6").serverXml();

    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    assertThat(values(document, "Receiver", "port")).containsExactly("7002");
    assertThat(values(document, "Member", "port")).containsExactly("7001", "7003", "7004", "7005");
    assertThat(values(document, "Member", "host")).containsOnly("127.0.0.1").hasSize(4);
    List<String> ids = values(document, "Member", "uniqueId");
    ids.addAll(values(document, "LocalMember", "uniqueId"));
    assertThat(ids).hasSize(5).doesNotHaveDuplicates();
    assertThat(values(document, "LocalMember", "uniqueId").get(0)).endsWith(",2}");
    assertThat(values(document, "Cluster", "channelSendOptions")).containsExactly("6");
    assertThat(values(document, "Connector", "port")).as("the worker's own").isEmpty();
  }

  @Test
  void theWorkersOfARowAreToldOnePortEach() {
    Map<String, String> settings = Replication.settings(Kept.REPLICATED);

    assertThat(settings).containsEntry("lab.replication.options", "8");
    assertThat(String.valueOf(settings.get("lab.replication.ports")).split(",", -1))
        .hasSize(17)
        .doesNotHaveDuplicates();
    assertThat(Replication.settings(Kept.REPLICATED_AT_ONCE))
        .containsEntry("lab.replication.options", "6");
  }
}
