// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "semantics/ImageReference.h"
#include "semantics/Platform.h"
#include "semantics/Wording.h"

#include <algorithm>
#include <array>

namespace stagewright::checks {

namespace {

/// Docker Hub keeps the official images of one architecture each under these names.
struct Publisher
{
    std::string_view name;
    std::string_view platform;
};
constexpr auto Publishers = std::to_array<Publisher>({{"amd64", "linux/amd64"},
                                                      {"arm32v5", "linux/arm/v5"},
                                                      {"arm32v6", "linux/arm/v6"},
                                                      {"arm32v7", "linux/arm/v7"},
                                                      {"arm64v8", "linux/arm64"},
                                                      {"i386", "linux/386"},
                                                      {"mips64le", "linux/mips64le"},
                                                      {"ppc64le", "linux/ppc64le"},
                                                      {"riscv64", "linux/riscv64"},
                                                      {"s390x", "linux/s390x"},
                                                      {"winamd64", "windows/amd64"}});

/// The one platform of an image, as far as its name tells; "" otherwise.
std::string_view platformOf(const ImageReference &image)
{
    if (image.domain == "mcr.microsoft.com" && image.path.starts_with("windows/"))
        return "windows/amd64";
    if (image.domain != "docker.io")
        return {};
    const std::string_view name = std::string_view(image.path).substr(0, image.path.find('/'));
    const auto found = std::ranges::find(Publishers, name, &Publisher::name);
    return found == Publishers.end() ? std::string_view() : found->platform;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    const Snapshot &snapshot = context.snapshot;
    for (const Stage &stage : snapshot.graph().stages()) {
        if (stage.base.kind != BaseKind::Image)
            continue;
        const auto image = ImageReference::parse(stage.base.reference);
        const std::string_view actual = image ? platformOf(*image) : std::string_view();
        const auto wanted = Platform::parse(stage.platform.empty() ? snapshot.options().platform : stage.platform);
        const auto made = actual.empty() ? wanted : Platform::parse(actual);
        if (!wanted || !made || (wanted->os == made->os && wanted->architecture == made->architecture))
            continue;
        Diagnostic d = fromFile(
            context, snapshot.tree().instruction(stage.from), stage.base.range,
            {"The base image is for " + made->toString(),
             "Base image " + stage.base.resolved + " was pulled with platform " + quoted(made->toString())
                 + ", expected " + quoted(wanted->toString()) + " for current build",
             "The name of the image says for which platform it is made, and that is not the one that is built for.",
             "Use the image without the architecture in its name, or build with --platform=" + made->toString() + "."});
        d.unreached = true; // BuildKit looks at the image that it pulled
        out.push_back(std::move(d));
    }
}

} // namespace

const Rule invalidBaseImagePlatform{
    .id = "InvalidBaseImagePlatform",
    .name = "invalid-base-image-platform",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "The base image should be made for the target platform",
    .wholeFile = true,
    .check = check,
};

} // namespace stagewright::checks
