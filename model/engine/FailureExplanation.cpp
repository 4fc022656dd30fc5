// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/FailureExplanation.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <initializer_list>
#include <limits>

namespace stagewright::engine {

namespace {

using Parts = std::vector<std::string_view>; ///< All in one line, in this order; lower case.

struct Row
{
    std::string_view id;
    std::string_view title;
    std::string_view meaning;
    std::string_view remedy;
    std::vector<std::string_view> rules;
    std::vector<Parts> patterns; ///< Any of them.
};

/// What people meet, the special before the general: of two rows that are in a log, the one further up counts.
const std::vector<Row> &table()
{
    static const std::vector<Row> rows{
        {"daemon-not-running",
         "The engine is not running",
         "The client found no engine at the other end of its socket.",
         "Start it (sudo systemctl start docker, or podman machine start), or choose another engine. DOCKER_HOST and "
         "\"docker context ls\" tell where the client looks.",
         {},
         {{"cannot connect to the docker daemon"},
          {"is the docker daemon running"},
          {"unable to connect to podman"},
          {"dial unix", "connect: connection refused"},
          {"dial unix", "connect: no such file or directory"}}},
        {"socket-permission",
         "You may not talk to the engine",
         "The engine runs, but its socket belongs to another user or group.",
         "Become a member of the group docker (sudo usermod -aG docker $USER, then log in again), use rootless Docker, "
         "or podman, which needs no daemon.",
         {},
         {{"permission denied while trying to connect to the docker"}, {"dial unix", "permission denied"}}},
        {"engine-vanished",
         "The engine went away during the build",
         "The connection broke off in the middle: the engine was stopped, restarted or ran out of memory.",
         "See whether the engine runs (docker version, podman info) and look into its log; then build again. What was "
         "finished comes from the cache.",
         {},
         {{"error reading from server: eof"},
          {"rpc error", "unavailable"},
          {"failed to receive status"},
          {"transport is closing"},
          {"closing transport"},
          {"error during connect", "eof"},
          {"use of closed network connection"}}},
        {"disk-full",
         "The disk is full",
         "There is no room left where the engine keeps images and layers, or where the step writes.",
         "Look at what the engine keeps (docker system df, podman system df) and take away what is not needed: docker "
         "builder prune, docker image prune, podman system prune.",
         {},
         {{"no space left on device"}, {"disk quota exceeded"}, {"enospc"}}},
        {"no-shell",
         "There is no shell in this image",
         "The instruction is in shell form, so /bin/sh has to run it, and the image has none. Distroless images and "
         "scratch are like that on purpose.",
         "Do it in an earlier stage that has a shell and copy the result with COPY --from, or use the exec form with a "
         "program that the image has: RUN [\"/app/tool\", \"argument\"].",
         {"SW001", "SW004", "SW002", "SW012", "SW035", "SW037", "SW045", "SW007", "SW008", "SW010"},
         {{"exec: \"/bin/sh\"", "no such file or directory"},
          {"exec: \\\"/bin/sh\\\"", "no such file or directory"},
          {"exec /bin/sh", "no such file or directory"},
          {"exec: \"/bin/bash\"", "no such file or directory"},
          {"exec: \\\"/bin/bash\\\"", "no such file or directory"},
          {"exec /bin/bash", "no such file or directory"},
          {"exec: \"sh\"", "executable file not found"},
          {"exec: \"bash\"", "executable file not found"},
          {"exec: \"cmd\"", "executable file not found"}}},
        {"libc-too-old",
         "The program was built with a newer C library",
         "It was linked against a newer glibc than the one in the image that runs it.",
         "Build on the same distribution and release as the image that runs it (or an older one), or link it "
         "statically.",
         {"SW031", "SW032"},
         {{"glibc_", "not found"}, {"glibcxx_", "not found"}, {"cxxabi_", "not found"}}},
        {"library-missing",
         "A shared library is missing",
         "The program needs a library that is in the image where it was built, and not in the one that runs it.",
         "Copy the library too, choose a base image that has it (a cc variant of distroless, say), or link statically.",
         {"SW031", "SW032", "SW033", "SW034"},
         {{"error while loading shared libraries"}, {"error loading shared library"}}},
        {"musl-glibc",
         "The program is for another C library",
         "The file is there, but its loader is not: a program linked with glibc does not start on Alpine's musl, nor "
         "the "
         "other way round.",
         "Build and run on the same kind of base (both Alpine, or both Debian), or link statically.",
         {"SW031", "SW035"},
         {{"ld-linux", "no such file or directory"}, {"ld-musl", "no such file or directory"}}},
        {"wrong-architecture",
         "The program is for another kind of machine",
         "The file was built for another processor or system, or it is a script without a #! line.",
         "Build with the --platform of the machine that runs it, set up emulation (docker run --privileged --rm "
         "tonistiigi/binfmt --install all), or give the script a first line like #!/bin/sh.",
         {},
         {{"exec format error"}}},
        {"module-missing",
         "Node finds a module or file missing",
         "What CMD or a require names is not in the image, or not in the folder where Node looks for it.",
         "Copy node_modules and the program together, set WORKDIR in the final stage, and name the file by its full "
         "path.",
         {"SW052"},
         {{"cannot find module"}, {"cannot find package", "imported from"}, {"modulenotfounderror"}}},
        {"account-missing",
         "The image does not know this user",
         "USER or --chown names an account that is not in /etc/passwd of the image.",
         "Use its number (USER 65532:65532), or copy /etc/passwd and /etc/group from a stage that has it.",
         {"SW021", "SW022", "SW026", "SW027"},
         {{"no matching entries in passwd file"},
          {"unable to find user"},
          {"unable to find group"},
          {"no matching entries in group file"},
          {"invalid user index"},
          {"unknown user error"},
          {"can't find uid for user"},
          {"getent unable to find entry"}}},
        {"copy-source-missing",
         "There is nothing to copy under this name",
         "The path is not in the build context, or .dockerignore leaves it out, or the other stage has no such file.",
         "Paths are relative to the context folder, not to the Dockerfile. Check the spelling and .dockerignore; for "
         "COPY --from, look where the other stage puts it.",
         {"CopyIgnoredFile", "SW051"},
         {{"copy failed", "not found"},
          {"copy failed", "no such file"},
          {"copy failed", "no source files"},
          {"add failed", "not found"},
          {"add failed", "no such file"},
          {"failed to compute cache key", "not found"},
          {"failed to calculate checksum of ref", "not found"},
          {"failed to walk", "no such file or directory"},
          {"checking on sources under", "no such file or directory"},
          {"copier: stat", "no such file or directory"},
          {"forbidden path outside the build context"}}},
        {"image-missing",
         "The base image cannot be had",
         "No registry has an image of this name and tag, or it wants you to log in.",
         "Check the spelling and the tag; log in (docker login) where the image is private.",
         {"SW042", "SW041", "SW051"},
         {{"manifest unknown"},
          {"manifest for", "not found"},
          {"pull access denied"},
          {"repository does not exist"},
          {"docker.io/", ": not found"},
          {"no such image"},
          {"image not known"},
          {"short-name", "did not resolve"},
          {"requested access to the resource is denied"},
          {"unauthorized: authentication required"}}},
        {"front-end",
         "The file asks for a front end that cannot be had",
         "The line \"# syntax=\" makes BuildKit fetch a front end from a registry before anything else.",
         "Take the line away, unless the file needs that front end, or see to it that the registry can be reached.",
         {},
         {{"docker.io/docker/dockerfile", "failed"}, {"frontend", "failed to resolve"}}},
        {"network",
         "A server cannot be reached",
         "A name could not be looked up or a connection was not made.",
         "Check the network and a proxy (--build-arg HTTP_PROXY=…); in the engine's network, --network host may help.",
         {},
         {{"temporary failure in name resolution"},
          {"could not resolve host"},
          {"no such host"},
          {"dial tcp", "i/o timeout"},
          {"dial tcp", "connection refused"},
          {"dial tcp", "network is unreachable"},
          {"server misbehaving"},
          {"pinging container registry"},
          {"tls handshake timeout"},
          {"connection timed out"}}},
        {"out-of-memory",
         "A program ran out of memory",
         "The kernel ended a step because it needed more memory than there is for it.",
         "Give the engine more memory, or let the step do less at once (make -j2, "
         "NODE_OPTIONS=--max-old-space-size=…).",
         {},
         {{"exit code: 137"},
          {"exit status 137"},
          {"heap out of memory"},
          {"outofmemoryerror"},
          {"cannot allocate memory"}}},
        {"program-missing",
         "The program is not in the image",
         "What the instruction starts is not in any folder of PATH.",
         "Install it in an earlier instruction, copy it from a stage that has it, or name it by its full path.",
         {"SW003", "SW006", "SW005", "SW011", "SW020"},
         {{"executable file not found in $path"},
          {"executable file `", "not found in $path"},
          {"stat ", "no such file or directory", "unknown"},
          {"unable to start container process: exec:", "no such file or directory"},
          {"exec:", "stat ", "no such file or directory"},
          {"/bin/sh:", "not found"},
          {"sh: 1:", ": not found"},
          {": command not found"},
          {"env: can't execute"}}},
        {"timestamp",
         "A package list is too old, or the clock is wrong",
         "The package manager found its lists out of date.",
         "Run the update and the install in one RUN: RUN apt-get update && apt-get install -y …",
         {},
         {{"release file", "not valid yet"}, {"release file", "is expired"}, {"unable to locate package"}}},
        {"read-only",
         "The place cannot be written",
         "A file system is mounted for reading only, a bind mount for instance.",
         "Write somewhere else, or mount it with rw.",
         {},
         {{"read-only file system"}}},
        {"container-setup",
         "The engine may not start a container here",
         "The container's runtime was refused something by this machine, so the instruction did not even begin.",
         "Run the engine with the rights that it needs: as root, or rootless as its documentation describes (subuid "
         "and subgid). Inside of another container it needs --privileged.",
         {},
         {{"setrlimit"},
          {"creating container for [", "operation not permitted"},
          {"runc create failed", "operation not permitted"},
          {"cgroup", "operation not permitted"},
          {"cgroup", "permission denied"},
          {"cannot clone", "operation not permitted"},
          {"newuidmap"},
          {"insufficient uids or gids"}}},
        {"permission",
         "A file may not be read, written or run",
         "The user that the instruction runs as lacks the right, or the file is not executable.",
         "Copy with --chmod=755 or --chown, run chmod in the builder stage, or put USER behind the instructions that "
         "need "
         "root.",
         {"SW028", "SW029", "SW023"},
         {{"permission denied"}, {"operation not permitted"}, {"eacces"}}},
        {"syntax",
         "The engine does not understand the file",
         "An instruction or a flag is not known to this engine, or stands where it must not.",
         "Look at the findings of this file. Docker's classic builder knows no --mount and no here-documents, podman "
         "and "
         "buildah no COPY --link: choose BuildKit for them, or do without.",
         {},
         {{"dockerfile parse error"},
          {"unknown instruction"},
          {"requires buildkit"},
          {"unknown flag"},
          {"building at step", "is not supported"}}},
        {"no-target",
         "There is no stage of this name",
         "The target names a stage that is not in the file.",
         "Choose one of the file's stages.",
         {"BuildError"},
         {{"target stage", "could not be found"}, {"failed to reach build target"}}},
    };
    return rows;
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

bool holds(std::string_view line, const Parts &parts)
{
    std::size_t at = 0;
    for (const std::string_view part : parts) {
        at = line.find(part, at);
        if (at == std::string_view::npos)
            return false;
        at += part.size();
    }
    return true;
}

/// BuildKit shows the file's own lines with the error; they are no message.
bool isExcerpt(std::string_view line)
{
    const std::size_t bar = line.find(" | ");
    return bar != std::string_view::npos && bar < 8
        && std::ranges::all_of(line.substr(0, bar), [](char c) { return c == ' ' || (c >= '0' && c <= '9'); });
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r' || text.back() == '\n'))
        text.remove_suffix(1);
    return text;
}

/// podman and buildah write their own remarks between what matters: time="…" level=warning msg="…".
bool isRemark(std::string_view line)
{
    return line.starts_with("time=\"")
        && (line.contains(" level=warning ") || line.contains(" level=info ") || line.contains(" level=debug "));
}

/// Takes the first line off @p text; without the blanks around it.
std::string_view takeLine(std::string_view &text)
{
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

/// The first line that tells something.
std::string firstLineOf(std::string_view text)
{
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        if (!line.empty() && !isRemark(line))
            return std::string(line);
    }
    return {};
}

/// The engine's verdict: its last line that starts with an error word, or the last one at all.
std::string verdict(std::string_view text)
{
    std::string last;
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        if (!line.empty() && !isRemark(line))
            last = line;
    }
    for (const std::string_view prefix : {"ERROR: ", "Error: ", "error: ", "failed to solve: "}) {
        if (last.starts_with(prefix))
            last.erase(0, prefix.size());
    }
    return last;
}

/// BuildKit names the line of a file that it refuses: "Dockerfile:7", on a line of its own. 0: it does not.
std::uint32_t lineIn(std::string_view text)
{
    constexpr std::string_view name = "Dockerfile:";
    std::uint32_t number = 0;
    for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
        const std::string_view rest = text.substr(at + name.size());
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        const bool alone = (at == 0 || text[at - 1] == '\n') && (end == rest.data() + rest.size() || *end == '\n');
        if (error == std::errc() && alone)
            return number;
    }
    return 0;
}

/// Whether instructions further down live with what it sets or brings.
bool isLasting(InstructionKind kind)
{
    switch (kind) {
    case InstructionKind::Add:
    case InstructionKind::Copy:
    case InstructionKind::Env:
    case InstructionKind::Shell:
    case InstructionKind::User:
    case InstructionKind::Workdir: return true;
    default: return false;
    }
}

/// Per instruction: how many instructions before @p place it stands, through the stages that this one is built from;
/// -1: it is not among them, or it ends with its own step.
std::vector<std::int32_t> distancesBefore(const StepPlace &place, const Snapshot &snapshot)
{
    std::vector<std::int32_t> distances(snapshot.tree().instructions().size(), -1);
    std::int32_t distance = 0;
    const auto last = static_cast<std::int32_t>(place.instruction);
    distances[std::size_t(last)] = distance++;
    std::int32_t behind = last;
    for (StageId id = place.stage; id != StageId::None;) {
        const Stage &stage = snapshot.graph().stage(id);
        for (std::int32_t i = behind - 1; i >= static_cast<std::int32_t>(stage.firstInstruction); --i) {
            if (isLasting(snapshot.tree().instruction(InstructionId(i)).kind))
                distances[std::size_t(i)] = distance++;
        }
        id = stage.base.kind == BaseKind::Stage ? stage.base.stage : StageId::None;
        if (id != StageId::None)
            behind = static_cast<std::int32_t>(snapshot.graph().stage(id).endInstruction);
    }
    return distances;
}

/// The finding that foresaw @p failure: one whose rule is about it, at the instruction or at the nearest before it that
/// is to blame (USER, SHELL, a COPY), or else any error at the instruction, whatever the engine's words are.
std::optional<std::size_t> predictionOf(const BuildFailure &failure, const Snapshot &snapshot,
                                        std::span<const Diagnostic> findings)
{
    const std::vector<std::int32_t> distances = distancesBefore(failure.place, snapshot);
    std::optional<std::size_t> best;
    std::int32_t nearest = std::numeric_limits<std::int32_t>::max();
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const Diagnostic &finding = findings[i];
        if (finding.instruction == InstructionId::None)
            continue;
        const std::int32_t distance = distances[std::size_t(finding.instruction)];
        const bool related = failure.explanation
            && std::ranges::find(failure.explanation->rules, finding.ruleId) != failure.explanation->rules.end();
        if (related && distance >= 0 && distance < nearest) {
            best = i;
            nearest = distance;
        } else if (!best && distance == 0 && finding.severity == Severity::Error) {
            best = i;
        }
    }
    return best;
}

} // namespace

std::optional<FailureExplanation> explainFailure(std::string_view text)
{
    const std::vector<Row> &rows = table();
    std::size_t best = rows.size();
    std::string_view bestLine;
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        if (line.empty() || isExcerpt(line) || isRemark(line))
            continue;
        const std::string lower = lowered(line);
        for (std::size_t i = 0; i < rows.size() && i <= best; ++i) {
            if (std::ranges::any_of(rows[i].patterns, [&](const Parts &parts) { return holds(lower, parts); })) {
                best = i;
                bestLine = line;
                break;
            }
        }
    }
    if (best == rows.size())
        return std::nullopt;
    const Row &row = rows[best];
    return FailureExplanation{row.id,     row.title, row.meaning,
                              row.remedy, row.rules, std::string(bestLine.substr(0, 500))};
}

BuildFailure findFailure(const BuildProgress &progress, const StepMap &steps, std::span<const Diagnostic> findings,
                         std::string_view lastWords)
{
    BuildFailure failure;
    std::string text;
    for (std::size_t i = 0; i < progress.size(); ++i) {
        const BuildStep &step = progress.step(i);
        if (step.state != StepState::Failed)
            continue;
        // Of several that failed at once the one that is in the document is more use.
        const StepPlace place = steps.placeOf(i);
        if (failure.step
            && (failure.place.instruction != InstructionId::None || place.instruction == InstructionId::None))
            continue;
        failure.step = i;
        failure.place = place;
        failure.message = firstLineOf(step.error);
        text = step.log.text() + '\n' + step.error + '\n';
    }
    text += lastWords;
    if (failure.message.empty() || !failure.step)
        failure.message = verdict(lastWords);
    failure.explanation = explainFailure(text);
    if (failure.explanation && failure.place.instruction == InstructionId::None)
        failure.message = verdict(failure.explanation->message);
    if (failure.place.instruction == InstructionId::None) {
        failure.line = lineIn(lastWords);
        return failure;
    }
    failure.line = steps.snapshot().tree().instruction(failure.place.instruction).firstLine;
    failure.predicted = predictionOf(failure, steps.snapshot(), findings);
    return failure;
}

} // namespace stagewright::engine
