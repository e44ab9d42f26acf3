// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;

class PdmLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new PdmLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "pdm.lock";
  }
}
