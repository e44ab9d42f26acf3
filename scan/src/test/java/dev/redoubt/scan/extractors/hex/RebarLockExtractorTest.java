// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.hex;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;

class RebarLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new RebarLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "rebar.lock";
  }
}
