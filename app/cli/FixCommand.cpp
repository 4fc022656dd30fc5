// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Command.h"
#include "UnifiedDiff.h"

#include "catalog/Catalog.h"
#include "lint/Linter.h"
#include "lint/Rule.h"
#include "semantics/Snapshot.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <iterator>
#include <istream>
#include <optional>
#include <ostream>
#include <set>

namespace stagewright::cli {

namespace {

constexpr std::string_view usage = "fix [--rule ID]... [--dry-run] [--output OUT] FILE";

/// More fixes than any file needs; a rule that never has enough is stopped here.
constexpr int MaximumSteps = 1000;

struct Options
{
    std::set<std::string, std::less<>> rules; ///< Ids or names; empty: all.
    std::string file;
    std::string output; ///< "" is @c file itself.
    bool dryRun = false;
};

int fail(Streams &streams, std::string_view message)
{
    streams.err << "stagewright-cli: " << message << '\n';
    return CannotRun;
}

std::optional<Options> parse(std::span<const std::string> arguments, Streams &streams)
{
    Options options;
    bool onlyFiles = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string &argument = arguments[i];
        if (!onlyFiles && argument == "--dry-run") {
            options.dryRun = true;
        } else if (!onlyFiles && (argument == "--rule" || argument == "--output")) {
            if (++i == arguments.size()) {
                fail(streams, argument + " needs a value; usage: " + std::string(usage));
                return std::nullopt;
            }
            if (argument == "--rule")
                options.rules.insert(arguments[i]);
            else
                options.output = arguments[i];
        } else if (!onlyFiles && argument == "--") {
            onlyFiles = true;
        } else if (!onlyFiles && argument.size() > 1 && argument.starts_with('-')) {
            fail(streams, "fix has no option " + argument + "; usage: " + std::string(usage));
            return std::nullopt;
        } else if (!options.file.empty()) {
            fail(streams, "fix takes one file; usage: " + std::string(usage));
            return std::nullopt;
        } else {
            options.file = argument;
        }
    }
    if (options.file.empty()) {
        fail(streams, "fix needs a file; usage: " + std::string(usage));
        return std::nullopt;
    }
    for (const std::string &rule : options.rules) {
        const auto matches = [&](const Rule *known) { return known->id == rule || known->name == rule; };
        if (std::ranges::none_of(Linter::rules(), matches)) {
            fail(streams, "there is no rule " + rule);
            return std::nullopt;
        }
    }
    return options;
}

/// The file's text, or nothing after saying why.
std::optional<SourceText> read(const std::string &name, Streams &streams)
{
    std::string bytes;
    if (name == "-") {
        bytes.assign(std::istreambuf_iterator<char>(streams.in), {});
    } else {
        const QString path = QString::fromStdString(name);
        // A pipe would block, a folder cannot be read.
        if (const QFileInfo info(path); info.exists() && !info.isFile()) {
            fail(streams, name + ": not a file");
            return std::nullopt;
        }
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            fail(streams, name + ": " + file.errorString().toStdString());
            return std::nullopt;
        }
        bytes = file.readAll().toStdString();
    }
    auto text = SourceText::fromBytes(std::move(bytes));
    if (!text) {
        fail(streams, name + ": " + text.error().message);
        return std::nullopt;
    }
    return *std::move(text);
}

bool write(const std::string &name, std::string_view bytes, Streams &streams)
{
    QSaveFile file(QString::fromStdString(name));
    file.setDirectWriteFallback(true);
    const auto size = static_cast<qint64>(bytes.size());
    if (file.open(QIODevice::WriteOnly) && file.write(bytes.data(), size) == size && file.commit())
        return true;
    fail(streams, name + ": " + file.errorString().toStdString());
    return false;
}

bool isWanted(const Options &options, const Diagnostic &diagnostic)
{
    return options.rules.empty() || options.rules.contains(diagnostic.ruleId)
        || options.rules.contains(diagnostic.ruleName);
}

/// The first safe fix of the first finding that has one and that leads to a text not seen before.
std::optional<SourceText> fixOne(const Linter &linter, const SourceText &text, const Options &options,
                                 std::set<std::string, std::less<>> &seen, Streams &streams)
{
    const SnapshotPtr snapshot = Snapshot::make(text);
    for (const Diagnostic &diagnostic : linter.check(*snapshot)) {
        if (!diagnostic.fixable || !isWanted(options, diagnostic))
            continue;
        for (const Fix &fix : linter.fixes(*snapshot, diagnostic)) {
            if (!fix.safe || fix.transaction.isEmpty())
                continue;
            SourceText fixed = fix.transaction.applyTo(text);
            // Two rules may disagree; what one has undone is not done again.
            if (!seen.insert(std::string(fixed.bytes())).second)
                continue;
            streams.err << (options.file == "-" ? "<stdin>" : options.file) << ':' << diagnostic.line << ": "
                        << diagnostic.ruleId << ": " << fix.title << '\n';
            return fixed;
        }
    }
    return std::nullopt;
}

int run(std::span<const std::string> arguments, Streams &streams)
{
    const std::optional<Options> options = parse(arguments, streams);
    if (!options)
        return CannotRun;
    const std::optional<SourceText> before = read(options->file, streams);
    if (!before)
        return CannotRun;

    const Linter linter(Catalog::builtIn());
    std::set<std::string, std::less<>> seen{std::string(before->bytes())};
    SourceText after = *before;
    for (int steps = 0; steps < MaximumSteps; ++steps) {
        const auto fixed = fixOne(linter, after, *options, seen, streams);
        if (!fixed)
            break;
        after = *fixed;
    }

    const bool toStandardOutput = options->output == "-" || (options->output.empty() && options->file == "-");
    if (toStandardOutput && !options->dryRun) {
        streams.out << after.bytes();
        return Ok;
    }
    const std::string name = options->file == "-" ? "stdin" : options->file;
    streams.out << unifiedDiff(before->bytes(), after.bytes(), "a/" + name, "b/" + name);
    if (options->dryRun)
        return Ok;
    if (!options->output.empty())
        return write(options->output, after.bytes(), streams) ? Ok : CannotRun;
    // A file that needs no fix is not touched at all.
    return after == *before || write(options->file, after.bytes(), streams) ? Ok : CannotRun;
}

} // namespace

const Command fixCommand{"fix", usage, "apply the safe fixes and print what changed", run};

} // namespace stagewright::cli
