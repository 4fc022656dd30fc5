// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/PrivilegedPort.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace stagewright::rules {

namespace {

constexpr unsigned firstFreePort = 1024;

/// The port of "80", "80/tcp" or "80-90"; nullopt for what is no number.
std::optional<unsigned> portOf(std::string_view word)
{
    unsigned port = 0;
    const auto [rest, error] = std::from_chars(word.data(), word.data() + word.size(), port);
    const bool ends = rest == word.data() + word.size() || *rest == '/' || *rest == '-';
    return error == std::errc() && ends && port > 0 ? std::optional(port) : std::nullopt;
}

unsigned higherPort(unsigned port)
{
    return port == 80 ? 8080 : port == 443 ? 8443 : port + 8000;
}

/// Who runs where this EXPOSE counts: the first stage with it whose user is known not to be root.
const StageState *runsUnprivileged(const RuleContext &context, const Instruction &expose)
{
    const StageId own = context.snapshot.graph().stageOf(expose.id);
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        const UserState &user = state.userAtEnd;
        if (!state.decisive || !user.known || user.isRoot() || !state.chain.contains(own))
            continue;
        const bool named = !user.isNumber() && !user.user.empty() && user.setBy != InstructionId::None;
        if (named || (user.uid && *user.uid != 0))
            return &state;
    }
    return nullptr;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &expose : context.snapshot.tree().instructions(InstructionKind::Expose)) {
        if (context.snapshot.graph().stageOf(expose.id) == StageId::None)
            continue;
        const StageState *state = nullptr;
        for (const Argument &argument : expose.args) {
            const StageId stage = context.snapshot.graph().stageOf(expose.id);
            const auto port = portOf(context.states.expanded(stage, argument.value));
            if (!port || *port >= firstFreePort || !(state = runsUnprivileged(context, expose)))
                continue;
            const std::string number = std::to_string(*port);
            const std::string better = std::to_string(higherPort(*port));
            Diagnostic d = diagnosticFor(context, expose, Severity::Info);
            d.range = argument.range;
            d.title = "Port " + number + " may be closed to this user";
            d.message
                = "EXPOSE " + number + ", and the container runs as " + state->userAtEnd.user + ", who is not root.";
            d.why = "Ports below 1024 are reserved for root, unless the platform lifts that. Docker does since version "
                    "20.10; Kubernetes, older Docker and containers in the host's network do not always. Then the "
                    "program "
                    "stops with:\n\n    bind: permission denied";
            d.how = "Let the program listen on a higher port, " + better
                + " for example, and map it outside: docker run -p " + number + ':' + better + ".";
            d.hint = "needs root elsewhere";
            out.push_back(std::move(d));
        }
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const std::string better = higherPortFor(context.snapshot.text().slice(diagnostic.range));
    if (better.empty())
        return;
    checks::offerReplace(out, diagnostic.range, better, "EXPOSE " + better, "the program has to listen there as well",
                         false);
}

} // namespace

std::string higherPortFor(std::string_view written)
{
    const auto port = portOf(std::string(written));
    if (!port || *port >= firstFreePort || written.find('-') != std::string_view::npos)
        return {};
    return std::to_string(higherPort(*port)) + std::string(written.substr(std::to_string(*port).size()));
}

const Rule privilegedPort{
    .id = "SW044",
    .name = "privileged-port",
    .severity = Severity::Info,
    .summary = "EXPOSE of a port below 1024, and the container does not run as root",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
