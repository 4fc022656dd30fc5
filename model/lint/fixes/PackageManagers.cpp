// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/ImagePrograms.h"
#include "lint/ShellStates.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/fixes/Packages.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/ImageUses.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>
#include <optional>

namespace stagewright::fixes {

namespace {

/// Packages that Debian, Ubuntu, Alpine and Wolfi call alike.
bool hasOneName(std::string_view package)
{
    static constexpr std::array<std::string_view, 52> names{"bash",
                                                            "bison",
                                                            "brotli",
                                                            "bzip2",
                                                            "ca-certificates",
                                                            "cmake",
                                                            "coreutils",
                                                            "curl",
                                                            "diffutils",
                                                            "dumb-init",
                                                            "ffmpeg",
                                                            "file",
                                                            "findutils",
                                                            "flex",
                                                            "gawk",
                                                            "gettext",
                                                            "git",
                                                            "gnupg",
                                                            "graphviz",
                                                            "grep",
                                                            "gzip",
                                                            "htop",
                                                            "imagemagick",
                                                            "iptables",
                                                            "jq",
                                                            "less",
                                                            "libtool",
                                                            "m4",
                                                            "make",
                                                            "nano",
                                                            "nasm",
                                                            "netcat-openbsd",
                                                            "nginx",
                                                            "nodejs",
                                                            "npm",
                                                            "openssl",
                                                            "patch",
                                                            "perl",
                                                            "procps",
                                                            "python3",
                                                            "rsync",
                                                            "sed",
                                                            "socat",
                                                            "sudo",
                                                            "tar",
                                                            "tini",
                                                            "tzdata",
                                                            "unzip",
                                                            "vim",
                                                            "wget",
                                                            "zip",
                                                            "zstd"};
    return std::ranges::find(names, package) != names.end();
}

std::string installLine(std::string_view family, const std::vector<std::string> &packages)
{
    std::string names;
    for (const std::string &package : packages)
        names += ' ' + package;
    if (family == "apk")
        return "apk add --no-cache" + names;
    return "apt-get update && apt-get install -y --no-install-recommends" + names + " && rm -rf /var/lib/apt/lists/*";
}

/// Whether a command is part of installing: it calls a package manager or cleans up behind one.
bool belongsToInstalling(const lint::CalledCommand &command)
{
    const auto words = command.program();
    if (!lint::packageManagerOf(rules::fileNameOf(words.front())).empty())
        return true;
    return words.front() == "rm" && std::ranges::all_of(words.subspan(1), [](const std::string &word) {
               return word.starts_with('-') || word.starts_with("/var/lib/apt") || word.starts_with("/var/cache");
           });
}

/// Where the installing commands of a script stand, when they stand together and one after the other.
std::optional<std::pair<std::size_t, std::size_t>> installingPart(std::string_view script)
{
    std::optional<std::pair<std::size_t, std::size_t>> part;
    bool over = false;
    for (const lint::CalledCommand &command : lint::calledCommands(script)) {
        if (!belongsToInstalling(command)) {
            over = part.has_value();
            continue;
        }
        if (over || command.conditional)
            return std::nullopt;
        part = {part ? part->first : command.begin, command.end};
    }
    return part;
}

/// Tags of the same image on another distribution, best first.
std::vector<std::string> tagsFor(std::string_view family, const std::string &tag)
{
    std::vector<std::string> tags;
    const std::size_t alpine = tag.find("alpine");
    if (family == "apt" && alpine != std::string::npos) {
        const std::string front = tag.substr(0, alpine > 0 ? alpine - 1 : 0);
        tags = front.empty() ? std::vector<std::string>{"slim", "latest"}
                             : std::vector<std::string>{front + "-slim", front};
    }
    if (family == "apk" && alpine == std::string::npos) {
        std::string front = tag;
        for (const std::string_view release :
             {"-slim-trixie", "-slim-bookworm", "-slim-bullseye", "-trixie-slim", "-bookworm-slim", "-bullseye-slim",
              "-trixie", "-bookworm", "-bullseye", "-noble", "-jammy", "-slim"}) {
            if (front.ends_with(release)) {
                front.resize(front.size() - release.size());
                break;
            }
        }
        tags.push_back(front == "latest" || front == "slim" ? "alpine" : front + "-alpine");
    }
    tags.push_back(tag + "-dev");
    return tags;
}

} // namespace

bool callsOnlyManager(const RuleContext &context, StageId root, std::string_view family)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        if (state.chain.back() != root)
            continue;
        if (context.states.isTooLong(stage.id, InstructionId::None))
            return false; // generated; nobody knows before all of it is read
        for (const Instruction &run : context.snapshot.instructionsOf(stage.id)) {
            if (run.kind != InstructionKind::Run)
                continue;
            const auto isOther = [&](const lint::CalledCommand &command) {
                const std::string_view other = lint::packageManagerOf(rules::fileNameOf(command.program().front()));
                return !other.empty() && other != family;
            };
            if (std::ranges::any_of(context.states.commands(run.arguments), isOther))
                return false;
            for (const Heredoc &document : run.heredocs) {
                if (std::ranges::any_of(context.states.commands(context.snapshot.text().slice(document.body)), isOther))
                    return false;
            }
        }
    }
    return true;
}

void ownPackageManager(const RuleContext &context, InstructionId runId, std::vector<Fix> &out)
{
    const Instruction &run = context.snapshot.tree().instruction(runId);
    const StageState &state = context.states.stage(context.snapshot.graph().stageOf(runId));
    if (isAnswered(context, out) || !run.isShellForm() || !run.heredocs.empty() || !state.facts)
        return;
    const std::string_view family = lint::packageManagerOf(state.facts->packageManager);
    const std::string script(run.arguments);
    const auto part = installingPart(script);
    if ((family != "apk" && family != "apt") || !part)
        return;
    const PackageRequest request = packagesIn(std::string_view(script).substr(part->first, part->second - part->first));
    if (request.packages.empty() || !std::ranges::all_of(request.packages, hasOneName))
        return;
    FixBuilder builder(context.snapshot);
    const std::string line = installLine(family, request.packages);
    std::string flags;
    for (const Flag &flag : run.flags)
        flags += std::string(context.snapshot.text().slice(flag.range)) + ' ';
    builder.rewrite(run,
                    std::string(run.keyword) + ' ' + flags + script.substr(0, part->first) + line
                        + script.substr(part->second));
    out.push_back(builder.finish("Install with " + state.facts->packageManager, "writes " + line, "replace", false));
}

void imageWithManager(const RuleContext &context, InstructionId runId, std::vector<Fix> &out)
{
    const Instruction &run = context.snapshot.tree().instruction(runId);
    const StageState &state = context.states.stage(context.snapshot.graph().stageOf(runId));
    const Stage &root = context.snapshot.graph().stage(state.chain.back());
    if (isAnswered(context, out) || root.base.kind != BaseKind::Image
        || root.base.written.find_first_of("$@") != std::string_view::npos)
        return;
    std::string_view family;
    for (const lint::CalledCommand &command : lint::calledCommands(run.arguments)) {
        if (family.empty())
            family = lint::packageManagerOf(rules::fileNameOf(command.program().front()));
    }
    if (family.empty() || context.states.isTooLong(state.chain.front(), run.id)
        || !callsOnlyManager(context, root.id, family))
        return;
    const std::string name(root.base.written);
    const std::string tag = rules::tagOf(name).empty() ? "latest" : rules::tagOf(name);
    for (const std::string &candidate : tagsFor(family, tag)) {
        const std::string better = rules::repositoryOf(name) + ':' + candidate;
        const auto facts = context.catalog.lookup(better);
        if (!facts || facts->byNameOnly || facts->hasPackageManager != Known::Yes || facts->shellFormWorks != Known::Yes
            || lint::packageManagerOf(facts->packageManager) != family
            || (facts->status != ImageStatus::Current && facts->status != state.facts->status))
            continue;
        FixBuilder builder(context.snapshot);
        builder.replace(root.base.range, better);
        out.push_back(
            builder.finish("Use " + better, "it installs packages with " + facts->packageManager, "replace", false));
        return;
    }
}

} // namespace stagewright::fixes
