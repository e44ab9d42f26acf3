// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;

class PyprojectExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new PyprojectExtractor();
  }

  @Override
  protected String wantedPath() {
    return "pyproject.toml";
  }
}
