// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.nuget;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;

class CsprojExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new CsprojExtractor();
  }

  @Override
  protected String wantedPath() {
    return "src/App.csproj";
  }
}
