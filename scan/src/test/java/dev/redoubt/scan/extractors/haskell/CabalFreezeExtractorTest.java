// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.haskell;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;

class CabalFreezeExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new CabalFreezeExtractor();
  }

  @Override
  protected String wantedPath() {
    return "cabal.project.freeze";
  }
}
