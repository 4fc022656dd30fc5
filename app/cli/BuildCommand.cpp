// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "BuildOutput.h"
#include "Command.h"

#include "catalog/Catalog.h"
#include "engine/FailureExplanation.h"
#include "lint/Linter.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QEventLoop>
#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <iostream>

#if __has_include(<unistd.h>)
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>
#define STAGEWRIGHT_HAS_SIGNALS 1
#endif

namespace stagewright::cli {

namespace {

using engine::BuildResult;

#ifdef STAGEWRIGHT_HAS_SIGNALS

int signalPipe = -1; // what a signal handler may know

extern "C" void onSignal(int)
{
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(signalPipe, &byte, 1);
}

/// While it lives, Ctrl+C and a polite end are an event and not the end of the program.
class Interrupts
{
public:
    template <typename Called> explicit Interrupts(Called called)
    {
        if (::pipe2(m_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
            return;
        signalPipe = m_pipe[1];
        m_notifier = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this, called] {
            std::array<char, 16> bytes{};
            while (::read(m_pipe[0], bytes.data(), bytes.size()) > 0) { }
            called();
        });
        struct sigaction action = {};
        action.sa_handler = onSignal;
        for (std::size_t i = 0; i < signals.size(); ++i)
            ::sigaction(signals[i], &action, &m_old[i]);
    }
    ~Interrupts()
    {
        if (!m_notifier)
            return;
        for (std::size_t i = 0; i < signals.size(); ++i)
            ::sigaction(signals[i], &m_old[i], nullptr);
        m_notifier.reset();
        for (const int end : m_pipe)
            ::close(end);
    }
    Interrupts(const Interrupts &) = delete;
    Interrupts &operator=(const Interrupts &) = delete;

private:
    static constexpr std::array signals{SIGINT, SIGTERM, SIGHUP};
    std::array<int, 2> m_pipe{-1, -1};
    std::array<struct sigaction, signals.size()> m_old{};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

bool isTerminal(const Streams &streams)
{
    return &streams.err == &std::cerr && ::isatty(STDERR_FILENO) != 0;
}

int columns()
{
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

#else

class Interrupts
{
public:
    template <typename Called> explicit Interrupts(Called) { }
};
bool isTerminal(const Streams &)
{
    return false;
}
int columns()
{
    return 80;
}

#endif

/// The report, with what went wrong in it when something did.
std::string failureJson(const engine::BuildReport &report, const engine::BuildFailure &failure,
                        std::span<const Diagnostic> findings)
{
    auto json = nlohmann::ordered_json::parse(engine::reportJson(report));
    auto &error = json["error"];
    error["line"] = failure.line > 0 ? nlohmann::ordered_json(failure.line) : nlohmann::ordered_json();
    error["message"] = failure.explanation ? failure.explanation->message : failure.message;
    error["meaning"] = failure.explanation ? nlohmann::ordered_json(failure.explanation->meaning) : nullptr;
    error["remedy"] = failure.explanation ? nlohmann::ordered_json(failure.explanation->remedy) : nullptr;
    error["rule"] = failure.predicted ? nlohmann::ordered_json(findings[*failure.predicted].ruleId) : nullptr;
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

int notStarted(const BuildSession &session, Streams &streams)
{
    streams.err << "stagewright-cli build: ";
    if (session.engineUsed()) {
        streams.err << session.error().toStdString() << '\n';
        return CannotRun;
    }
    streams.err << "no engine answers.\n";
    const std::string reasons = session.error().toStdString();
    for (std::size_t begin = 0; begin < reasons.size();) {
        const std::size_t end = std::min(reasons.find('\n', begin), reasons.size());
        streams.err << "  " << reasons.substr(begin, end - begin) << '\n';
        begin = end + 1;
    }
    if (const auto known = engine::explainFailure(reasons))
        streams.err << known->title << ". " << known->remedy << '\n';
    else
        streams.err << "Install one of them: Docker (docker.io with docker-buildx, or docs.docker.com/engine/install), "
                       "podman, or buildah.\n";
    return CannotRun;
}

int failed(const BuildSession &session, const BuildInput &input, const BuildOptions &options, Streams &streams)
{
    const std::vector<Diagnostic> findings = Linter(Catalog::builtIn()).check(*input.snapshot);
    const std::string words = session.error().toStdString();
    const engine::BuildFailure failure = engine::findFailure(session.progress(), session.steps(), findings, words);
    streams.err << failureText(session, input, failure, findings);
    if (options.json)
        streams.out << failureJson(session.report(), failure, findings) << '\n';
    // Nothing was begun when the engine could not be reached at all.
    const bool unreached = failure.explanation
        && (failure.explanation->id == "daemon-not-running" || failure.explanation->id == "socket-permission");
    return unreached && session.progress().size() == 0 ? CannotRun : Findings;
}

int report(const BuildSession &session, const BuildInput &input, const BuildOptions &options, Streams &streams)
{
    switch (session.result()) {
    case BuildResult::NotStarted: return notStarted(session, streams);
    case BuildResult::Cancelled: streams.err << "The build was cancelled.\n"; return Findings;
    case BuildResult::Failed: return failed(session, input, options, streams);
    case BuildResult::Built: break;
    }
    if (options.json) {
        streams.out << engine::reportJson(session.report()) << '\n';
        for (const std::string &problem : session.report().problems)
            streams.err << "note: " << problem << '\n';
    } else {
        streams.out << reportText(session, *input.snapshot);
    }
    streams.out.flush();
    const std::vector<std::string> over = engine::exceeded(session.report(), options.limits);
    for (const std::string &sentence : over)
        streams.err << "over the limit: " << sentence << '\n';
    return over.empty() ? Ok : Findings;
}

int run(std::span<const std::string> arguments, Streams &streams)
{
    auto options = parseBuildOptions(arguments);
    if (!options) {
        streams.err << "stagewright-cli build: " << options.error() << '\n';
        return CannotRun;
    }
    const auto input = readBuildInput(*options, streams.in);
    if (!input) {
        streams.err << "stagewright-cli build: " << input.error() << '\n';
        return CannotRun;
    }
    // Tests have an application of their own.
    std::unique_ptr<QCoreApplication> application;
    int count = 1;
    std::array<char, 16> name{"stagewright-cli"};
    std::array<char *, 2> names{name.data(), nullptr};
    if (!QCoreApplication::instance())
        application = std::make_unique<QCoreApplication>(count, names.data());
    int code = CannotRun;
    {
        BuildSession session(*options, *input);
        ProgressDisplay display(streams.err, isTerminal(streams), columns());
        QEventLoop loop;
        const Interrupts interrupts([&session] { session.cancel(); });
        QObject::connect(&session, &BuildSession::progressed, &loop, [&] { display.show(session); });
        QObject::connect(&session, &BuildSession::finished, &loop, &QEventLoop::quit, Qt::QueuedConnection);
        session.start();
        loop.exec();
        display.show(session);
        display.clear();
        code = report(session, *input, *options, streams);
    }
    return code;
}

} // namespace

constinit const Command buildCommand{
    "build", "build [OPTIONS] CONTEXT", "Build with docker, podman or buildah and tell what each layer weighs",
    run,     BuildOptionsHelp,          true};

} // namespace stagewright::cli
