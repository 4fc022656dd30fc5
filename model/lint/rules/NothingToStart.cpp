// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/ImageData.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>

namespace stagewright::rules {

namespace {

bool hasExtension(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    return dot != std::string_view::npos && dot > 0;
}

/// Folders in which programs are put; data goes elsewhere.
bool isProgramFolder(std::string_view destination)
{
    static constexpr std::array<std::string_view, 10> folders{
        "", "/bin", "/usr/bin", "/usr/local/bin", "/sbin", "/usr/sbin", "/app", "/opt", "/srv", "/workspace"};
    return std::ranges::find(folders, destination) != folders.end();
}

bool isPlain(std::string_view path)
{
    return path.find_first_of("$*?[") == std::string_view::npos;
}

/// A word that names a folder or data rather than a program.
bool isNoProgram(std::string_view name)
{
    static constexpr std::array<std::string_view, 19> names{
        "certs", "etc",    "config", "conf", "data",    "lib",    "lib64", "usr",      "out",     "dist",
        "build", "target", "rootfs", "root", "staging", "passwd", "group", "zoneinfo", "licenses"};
    return name.empty() || hasExtension(name) || std::ranges::find(names, name) != names.end();
}

/// Where the copied program lands: COPY --from=build /src/server /app → /app or /app/server; "" for anything else.
std::string programOf(const CopiedFiles &copy)
{
    if (copy.instruction->kind != InstructionKind::Copy || copy.sources.size() != 1 || !isPlain(copy.sources.front())
        || !isPlain(copy.destination) || copy.sources.front().starts_with("<<")
        || copy.instruction->args.front().value.ends_with('/'))
        return {};
    const std::string source = fileNameOf(copy.sources.front());
    if (!copy.intoFolder && copy.destination != "/") {
        const std::string name = fileNameOf(copy.destination);
        if (!isProgramFolder(std::string_view(copy.destination).substr(0, copy.destination.rfind('/'))))
            return {};
        return isNoProgram(name) || isNoProgram(source) ? std::string() : copy.destination;
    }
    return isNoProgram(source)
            || !isProgramFolder(copy.destination == "/" ? std::string_view() : std::string_view(copy.destination))
            || copy.sources.front().ends_with('/')
        ? std::string()
        : lint::joinPath(copy.destination, source);
}

std::string lastProgram(const RuleContext &context, StageId stage)
{
    std::string program;
    for (const CopiedFiles &copy : context.states.copies(stage)) {
        if (std::string path = programOf(copy); !path.empty())
            program = std::move(path);
    }
    return program;
}

/// A stage that others only take files from, or that is made to be exported (docker build --output).
bool onlyCollectsFiles(const RuleContext &context, const Stage &stage)
{
    const bool copiedFrom = std::ranges::any_of(context.snapshot.graph().references(), [&](const StageReference &one) {
        return one.kind == ReferenceKind::Stage && one.stage == stage.id
            && one.instructionKind != InstructionKind::From;
    });
    if (copiedFrom || !stage.isTarget)
        return true;
    const bool scratch = context.states.stage(stage.id).rootKind == BaseKind::Scratch;
    std::size_t files = 0;
    for (const CopiedFiles &copy : context.states.copies(stage.id)) {
        const std::string program = programOf(copy);
        // A whole file system: an image for others to start from.
        if (copy.destination == "/" && program.empty())
            return true;
        // Certificates, zones and accounts come along for a program that runs.
        if (copy.destination.starts_with("/etc") || copy.destination.starts_with("/usr/share"))
            continue;
        ++files;
        // From scratch one also makes an image to hand on a program that somebody else built.
        const bool handedOn
            = !copy.image.empty() || (copy.from != StageId::None && compiledIn(context, copy.from).empty());
        if (scratch && (program.empty() || handedOn))
            return true;
    }
    if (!scratch)
        return false;
    // What is made to run says so somewhere: a port, a user, a single program by its name.
    const auto instructions = context.snapshot.instructionsOf(stage.id);
    const bool runs = std::ranges::any_of(instructions, [](const Instruction &one) {
        return one.kind == InstructionKind::Expose || one.kind == InstructionKind::User
            || one.kind == InstructionKind::Healthcheck || one.kind == InstructionKind::Stopsignal
            || one.kind == InstructionKind::Volume;
    });
    return files == 0 || (!runs && (files != 1 || !stage.name.empty()));
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        if (!state.decisive || !state.entrypointAtEnd.isNothing() || !state.cmdAtEnd.isNothing() || !state.facts
            || context.snapshot.instructionsOf(stage.id).empty() || onlyCollectsFiles(context, stage))
            continue;
        const Instruction &from = context.snapshot.tree().instruction(stage.from);
        const std::string program = lastProgram(context, stage.id);
        const bool reset = state.entrypoint != InstructionId::None && state.cmd == InstructionId::None;
        // Files without a program may be a base for other images.
        const Severity sure = program.empty() && !reset ? Severity::Warning : Severity::Error;
        Diagnostic d = diagnosticFor(context, from, severityFor(state, sure));
        d.title = "Nothing says what the container starts";
        d.message = stageWords(context.snapshot, stage.id)
            + (reset ? " sets ENTRYPOINT to nothing, and that drops the CMD of " + imageWords(state) + " as well."
                     : " has neither ENTRYPOINT nor CMD, and " + imageWords(state) + " brings none.");
        d.message.front() = 'S';
        d.why = "A container starts what ENTRYPOINT and CMD say. Most images bring a CMD, often a shell; "
            + (reset ? std::string("an ENTRYPOINT of the file puts an end to that, even an empty one.")
                     : imageWords(state) + " brings nothing.")
            + chainWords(context.snapshot, state)
            + " The build goes through; the container does not start (exit code 125):\n\n"
              "    docker: Error response from daemon: no command specified.";
        d.how = program.empty() ? "Say which program to start: ENTRYPOINT [\"/path/program\"]."
                                : "Add ENTRYPOINT " + lint::jsonList({program}) + " at the end, as a JSON list.";
        d.how += "\n\nIf the image is only there to take files from (docker build --output), or for others to start "
                 "from, "
                 "all is well.";
        d.hint = "starts nothing";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const std::string program = lastProgram(context, diagnostic.stage);
    const auto instructions = context.snapshot.instructionsOf(diagnostic.stage);
    if (program.empty() || instructions.empty())
        return;
    fixes::FixBuilder builder(context.snapshot);
    const std::string line = builder.keyword("ENTRYPOINT") + ' ' + lint::jsonList({program});
    builder.insertBelow(instructions.back(), line);
    out.push_back(builder.finish("Start " + program, "adds " + line, "play", false));
}

} // namespace

const Rule nothingToStart{
    .id = "SW019",
    .name = "nothing-to-start",
    .severity = Severity::Error,
    .summary = "Neither ENTRYPOINT nor CMD, own or inherited",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
