// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.nuget;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;

class DirectoryPackagesPropsExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new DirectoryPackagesPropsExtractor();
  }

  @Override
  protected String wantedPath() {
    return "Directory.Packages.props";
  }
}
