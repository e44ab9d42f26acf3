// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.relay.api.Passing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectorSamplesTest {

  @Test
  void everyMarkedSampleIsNoticedByItsDetector() {
    List<String> missed = new ArrayList<>();
    for (Samples.Hostile sample : Samples.hostile()) {
      for (Passing passing : Samples.messages(sample)) {
        List<Alert> alerts = Samples.alerts(passing);
        if (alerts.stream().noneMatch(alert -> alert.detector().equals(sample.detector()))) {
          missed.add(sample + " -> " + alerts);
        }
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void noOrdinaryTextIsStoppedWhereverItStands() {
    List<String> stopped = new ArrayList<>();
    for (Samples.Benign sample : Samples.benign()) {
      for (Passing passing :
          List.of(
              Samples.described(sample.text()),
              Samples.returned("fetch", sample.text()),
              Samples.calls("save", "content", sample.text()),
              Samples.failed(sample.text()),
              Samples.noticed(sample.text()))) {
        // Colours are how logs look, and have no place in a description.
        boolean coloured = sample.kind().startsWith("coloured");
        Samples.alerts(passing).stream()
            .filter(
                alert -> alert.isCritical() && !(coloured && passing.method().equals("tools/list")))
            .forEach(alert -> stopped.add(sample.kind() + " -> " + alert));
      }
    }
    assertThat(stopped).isEmpty();
  }
}
