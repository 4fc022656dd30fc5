// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/ImageData.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <cctype>

namespace stagewright::rules {

namespace {

/// What in the text says that the program asks others over https; "" for nothing.
std::string evidence(const RuleContext &context, const Stage &stage, const BuiltProgram &program)
{
    if (installs(context, program.builder, "ca-certificates"))
        return stageWords(context.snapshot, program.builder) + " installs ca-certificates, but they stay there.";
    const StageState &state = context.states.stage(stage.id);
    for (const StartWords *words : {&state.entrypointAtEnd, &state.cmdAtEnd}) {
        for (const std::string &word : words->words) {
            if (word.find("https://") != std::string::npos)
                return "It is started with " + word + ".";
        }
    }
    for (const EnvValue *value = state.envAtEnd; value; value = value->previous) {
        if (value->value.starts_with("https://"))
            return value->name + " is " + value->value + ".";
    }
    return {};
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        if (!stage.isTarget || context.states.hasDataAtEnd(stage.id, "ca") != Known::No)
            continue;
        const StageState &state = context.states.stage(stage.id);
        const auto program = builtProgram(context, stage.id);
        if (!program || context.states.envAtEnd(stage.id, "SSL_CERT_FILE")
            || context.states.envAtEnd(stage.id, "SSL_CERT_DIR"))
            continue;
        const Instruction &from = context.snapshot.tree().instruction(stage.from);
        std::string reason = evidence(context, stage, *program);
        // A program may need no certificates; without a sign that it does this is but a hint.
        const Severity severity = reason.empty() ? Severity::Info : Severity::Warning;
        if (reason.empty())
            reason = program->path + " is a " + std::string(program->language)
                + " program, and one that asks another server over https needs them.";
        else
            reason.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(reason.front())));
        Diagnostic d = diagnosticFor(context, from, severity);
        d.range = stage.base.range;
        d.title = "No certificates for https";
        d.message = imageWords(state) + " has no CA certificates, and nothing copies any. " + reason;
        d.why
            = "Whoever opens a TLS connection checks the server's certificate against those of the authorities that it "
              "trusts. Programs read them from the system; "
            + imageWords(state)
            + " has none. Build and start go through; the first connection fails, in Go for example with:\n\n    tls: "
              "failed to verify certificate: x509: certificate signed by unknown authority";
        d.how = "Copy the bundle from the builder: COPY --from=… /etc/ssl/certs/ca-certificates.crt "
                "/etc/ssl/certs/ca-certificates.crt. Or start from an image that has it, such as "
                "gcr.io/distroless/static.\n\nA program that only serves, or brings its own certificates, needs none.";
        d.hint = "no CA certificates";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    if (const auto program = builtProgram(context, diagnostic.stage))
        copyData(context, diagnostic.stage, program->builder, "ca", out);
}

} // namespace

const Rule noCertificates{
    .id = "SW038",
    .name = "no-certificates",
    .severity = Severity::Warning,
    .summary = "A Go or Rust program in an image without CA certificates",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
