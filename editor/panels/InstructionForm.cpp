// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/InstructionForm.h"

#include "panels/InstructionText.h"

#include <QCoreApplication>

#include <algorithm>

namespace stagewright {

namespace {

using Field = PropertyForm::Field;
using Kind = Field::Kind;
namespace it = instructiontext;

QString tr(const char *text)
{
    return QCoreApplication::translate("Properties", text);
}

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// What the helpers below share: the subject and where the fields go.
struct Describer
{
    PropertyForm &form;
    SnapshotPtr s;
    const Instruction &i;
    bool readOnly;

    void add(Field field) const
    {
        field.readOnly = field.readOnly || readOnly;
        form.add(std::move(field));
    }

    /// A line for a part of the instruction's text.
    void part(const QString &key, const QString &label, TextRange range, const QString &placeholder = {},
              bool fixed = false) const
    {
        Field field;
        field.key = key;
        field.label = label;
        field.value = toQString(s->text().slice(range));
        field.placeholder = placeholder;
        field.readOnly = fixed || field.value.contains(QLatin1Char('\n'));
        field.commit = [s = s, id = i.id, range](const QString &value) -> edit::Result {
            const std::string text = value.trimmed().toStdString();
            if (text.empty()) {
                return std::unexpected(edit::EditError{tr("This must not be empty.").toStdString()});
            }
            return it::replaceInside(*s, s->tree().instruction(id), range, text);
        };
        add(std::move(field));
    }

    /// A line for `--name=value`; empty: no such flag.
    void flag(const QString &label, const char *name, const QString &placeholder = {}) const
    {
        const Flag *flag = i.flag(name);
        Field field;
        field.key = QString::fromLatin1(name);
        field.label = label;
        field.value = flag ? toQString(flag->value) : QString();
        field.placeholder = placeholder;
        field.commit = [s = s, id = i.id, name](const QString &value) {
            const std::string text = value.trimmed().toStdString();
            return text.empty() ? edit::setFlag(*s, id, name, std::nullopt) : edit::setFlag(*s, id, name, text);
        };
        add(std::move(field));
    }

    void choice(const QString &label, const char *name, std::vector<PropertyForm::Choice> choices) const
    {
        const Flag *flag = i.flag(name);
        Field field;
        field.kind = Kind::Combo;
        field.key = QString::fromLatin1(name);
        field.label = label;
        field.value = flag ? toQString(flag->value) : QString();
        field.choices = std::move(choices);
        field.commit = [s = s, id = i.id, name](const QString &value) {
            return value.isEmpty() ? edit::setFlag(*s, id, name, std::nullopt)
                                   : edit::setFlag(*s, id, name, value.toStdString());
        };
        add(std::move(field));
    }

    void check(const QString &label, const char *name) const
    {
        const Flag *flag = i.flag(name);
        Field field;
        field.kind = Kind::Check;
        field.key = QString::fromLatin1(name);
        field.label = label;
        field.placeholder = QStringLiteral("--") + field.key;
        field.value = flag && flag->value != "false" ? QStringLiteral("1") : QString();
        field.commit = [s = s, id = i.id, name](const QString &value) {
            return value.isEmpty() ? edit::setFlag(*s, id, name, std::nullopt)
                                   : edit::setFlag(*s, id, name, std::string_view(), true);
        };
        add(std::move(field));
    }

    /// One line for each flag of a name that may be there several times, and a button for another one.
    void flags(const QString &label, const char *name, const QString &starter, const QString &more) const
    {
        int number = 0;
        for (std::size_t index = 0; index < i.flags.size(); ++index) {
            const Flag &flag = i.flags[index];
            if (flag.name != name) {
                continue;
            }
            Field field;
            field.key = QStringLiteral("%1-%2").arg(QString::fromLatin1(name)).arg(number);
            field.label = number == 0 ? label : QString();
            field.value = toQString(flag.value);
            field.commit = [s = s, id = i.id, range = flag.valueRange](const QString &value) {
                return it::replaceInside(*s, s->tree().instruction(id), range, value.trimmed().toStdString());
            };
            if (!readOnly) {
                field.remove = [s = s, id = i.id, index] {
                    const Instruction &instruction = s->tree().instruction(id);
                    return it::removeFlag(*s, instruction, instruction.flags[index]);
                };
            }
            add(std::move(field));
            ++number;
        }
        Field button;
        button.kind = Kind::Button;
        button.key = QStringLiteral("add-") + QString::fromLatin1(name);
        button.label = more;
        button.commit = [s = s, id = i.id, name, starter](const QString &) {
            return it::appendFlag(*s, s->tree().instruction(id),
                                  "--" + std::string(name) + "=" + starter.toStdString());
        };
        add(std::move(button));
    }

    /// Everything behind keyword and flags, as it stands in the file.
    void command(const QString &label) const
    {
        Field field;
        field.kind = Kind::Block;
        field.key = QStringLiteral("command");
        field.label = label;
        field.value = toQString(s->text().slice(i.argumentsRange)).remove(QLatin1Char('\r'));
        field.commit = [s = s, id = i.id](const QString &value) -> edit::Result {
            const Instruction &instruction = s->tree().instruction(id);
            const std::string text = it::withContinuations(value.trimmed().toStdString(), s->tree().escapeCharacter());
            if (text.empty()) {
                return std::unexpected(edit::EditError{tr("A command is needed here.").toStdString()});
            }
            return it::replaceInside(*s, instruction, instruction.argumentsRange, text);
        };
        add(std::move(field));
    }

    void arguments(const QString &label, const QString &placeholder = {}) const
    {
        if (s->text().slice(i.argumentsRange).find('\n') != std::string_view::npos) {
            command(label);
        } else {
            part(QStringLiteral("arguments"), label, i.argumentsRange, placeholder);
        }
    }
};

/// The sources a COPY of this stage could have: context, earlier stages, images of the file.
std::vector<PropertyForm::Choice> copySources(const Snapshot &s, StageId inStage)
{
    std::vector<PropertyForm::Choice> choices{{tr("Build context"), QString()}};
    for (const Stage &stage : s.graph().stages()) {
        if (stage.id < inStage) {
            const QString name
                = stage.name.empty() ? QString::number(indexOf(stage.id)) : QString::fromStdString(stage.name);
            choices.push_back({QString::fromStdString(stage.displayName), name});
        }
    }
    for (const ExternalImage &image : s.graph().images()) {
        const QString name = QString::fromStdString(image.written);
        choices.push_back({name, name});
    }
    return choices;
}

void describeCopySource(const Describer &d)
{
    const StageId inStage = d.s->graph().stageOf(d.i.id);
    const Flag *from = d.i.flag("from");
    Field field;
    field.kind = Kind::Combo;
    field.key = QStringLiteral("from");
    field.label = tr("From");
    field.value = from ? toQString(from->value) : QString();
    field.choices = copySources(*d.s, inStage);
    for (const StageReference &reference : d.s->graph().references()) {
        // The value as the choices spell it: an index or another case means the same stage.
        if (reference.instruction == d.i.id && reference.kind == ReferenceKind::Stage) {
            const Stage &stage = d.s->graph().stage(reference.stage);
            field.value = stage.name.empty() ? QString::number(indexOf(stage.id)) : QString::fromStdString(stage.name);
        }
    }
    if (std::ranges::none_of(field.choices, [&](const auto &choice) { return choice.value == field.value; })) {
        field.choices.push_back({field.value, field.value});
    }
    field.commit = [s = d.s, id = d.i.id](const QString &value) {
        return value.isEmpty() ? edit::setFlag(*s, id, "from", std::nullopt)
                               : edit::setFlag(*s, id, "from", value.toStdString());
    };
    d.add(std::move(field));
}

void describePaths(const Describer &d)
{
    if (d.i.execForm || d.i.args.size() < 2) {
        d.arguments(tr("Paths"), tr("source … destination"));
        return;
    }
    const bool heredoc = !d.i.heredocs.empty();
    const TextRange sources{d.i.args.front().range.begin, d.i.args[d.i.args.size() - 2].range.end};
    d.part(QStringLiteral("source"), tr("Source"), sources, {}, heredoc);
    d.part(QStringLiteral("destination"), tr("Destination"), d.i.args.back().range);
}

void describeCopy(const Describer &d)
{
    const bool copy = d.i.kind == InstructionKind::Copy;
    if (copy) {
        describeCopySource(d);
    }
    describePaths(d);
    d.flag(tr("Owner"), "chown", QStringLiteral("root:root"));
    d.flag(tr("Permissions"), "chmod", tr("as in source"));
    if (!copy) {
        d.flag(tr("Checksum"), "checksum", QStringLiteral("sha256:…"));
    }
    d.flags(tr("Exclude"), "exclude", QStringLiteral("*.tmp"), tr("Exclude pattern"));
    d.check(tr("Link layer"), "link");
    if (copy) {
        d.check(tr("Keep parent folders"), "parents");
    } else {
        d.check(tr("Keep the .git folder"), "keep-git-dir");
        d.check(tr("Unpack archives, also downloaded ones"), "unpack");
    }
}

void describePairs(const Describer &d, const QString &more, const char *starter, bool valueOptional)
{
    int number = 0;
    for (const Argument &argument : d.i.args) {
        const QString suffix = QString::number(number);
        Field field;
        field.key = QStringLiteral("pair-") + suffix;
        field.label = toQString(argument.key.empty() ? argument.value : argument.key);
        field.value = toQString(argument.assigned);
        field.placeholder = valueOptional ? tr("no default") : QString();
        const std::string name = field.label.toStdString();
        field.commit = [s = d.s, id = d.i.id, range = argument.range, name, valueOptional](const QString &value) {
            const std::string text = it::assignedText(value.trimmed().toStdString());
            const std::string pair = text.empty() && valueOptional ? name : name + "=" + text;
            return it::replaceInside(*s, s->tree().instruction(id), range, pair);
        };
        if (d.i.args.size() > 1 && !d.readOnly) {
            const bool last = number + 1 == static_cast<int>(d.i.args.size());
            // With the blank that separates it from its neighbour, so that no hole stays.
            const TextRange range = last
                ? TextRange{d.i.args[static_cast<std::size_t>(number) - 1].range.end, argument.range.end}
                : TextRange{argument.range.begin, d.i.args[static_cast<std::size_t>(number) + 1].range.begin};
            field.remove
                = [s = d.s, id = d.i.id, range] { return it::replaceInside(*s, s->tree().instruction(id), range, {}); };
        }
        d.add(std::move(field));
        ++number;
    }
    // The old form `ENV name value` takes the whole rest of the line: nothing can be put behind it.
    const bool pairs = std::ranges::all_of(d.i.args, [&](const Argument &argument) {
        return valueOptional || d.s->text().slice(argument.range).find('=') != std::string_view::npos;
    });
    if (!pairs || d.i.args.empty()) {
        return;
    }
    Field button;
    button.kind = Kind::Button;
    button.key = QStringLiteral("add-pair");
    button.label = more;
    button.commit = [s = d.s, id = d.i.id, at = d.i.args.back().range.end, starter](const QString &) {
        return it::replaceInside(*s, s->tree().instruction(id), TextRange::at(at), std::string(" ") + starter);
    };
    d.add(std::move(button));
    if (!d.i.args.empty()) {
        Field name;
        name.key = QStringLiteral("name");
        name.label = tr("Rename");
        name.value = toQString(d.i.args.back().key.empty() ? d.i.args.back().value : d.i.args.back().key);
        name.placeholder = tr("name of the last one");
        name.commit = [s = d.s, id = d.i.id, range = d.i.args.back().range,
                       old = name.value.toStdString()](const QString &value) -> edit::Result {
            const std::string text = value.trimmed().toStdString();
            if (text.empty() || text.find_first_of(" \t=\"'") != std::string::npos) {
                return std::unexpected(edit::EditError{tr("A name has no blanks, quotes or “=”.").toStdString()});
            }
            return it::replaceInside(*s, s->tree().instruction(id),
                                     {range.begin, range.begin + static_cast<Offset>(old.size())}, text);
        };
        d.add(std::move(name));
    }
}

void describeRun(const Describer &d)
{
    d.command(d.i.heredocs.empty() ? tr("Command") : tr("First line"));
    d.flags(tr("Mounts"), "mount", QStringLiteral("type=cache,target=/root/.cache"), tr("Add a mount"));
    d.choice(tr("Network"), "network",
             {{tr("as the build"), QString()},
              {tr("none"), QStringLiteral("none")},
              {tr("host"), QStringLiteral("host")},
              {tr("default"), QStringLiteral("default")}});
    d.choice(tr("Security"), "security",
             {{tr("sandboxed"), QString()},
              {tr("insecure"), QStringLiteral("insecure")},
              {tr("sandbox"), QStringLiteral("sandbox")}});
    d.flags(tr("Devices"), "device", QStringLiteral("vendor.com/device=name"), tr("Add a device"));
}

/// CMD, ENTRYPOINT, and RUN: whether the command goes to a shell.
void describeForm(const Describer &d)
{
    Field field;
    field.kind = Kind::Combo;
    field.key = QStringLiteral("form");
    field.label = tr("Form");
    field.value = d.i.execForm ? QStringLiteral("exec") : QStringLiteral("shell");
    field.choices = {{tr("Exec: starts the program itself"), QStringLiteral("exec")},
                     {tr("Shell: starts a shell that reads it"), QStringLiteral("shell")}};
    field.commit = [s = d.s, id = d.i.id](const QString &value) -> edit::Result {
        const Instruction &instruction = s->tree().instruction(id);
        std::string text;
        if (value == QLatin1StringView("exec")) {
            const auto words = it::splitSimpleCommand(instruction.arguments);
            if (!words) {
                return std::unexpected(words.error());
            }
            text = it::toExecForm(*words);
        } else {
            for (const Argument &argument : instruction.args) {
                text += (text.empty() ? "" : " ") + it::shellQuoted(argument.value);
            }
        }
        return it::replaceInside(*s, instruction, instruction.argumentsRange, text);
    };
    d.add(std::move(field));
}

void describeHealthcheck(const Describer &d)
{
    d.arguments(tr("Check"), QStringLiteral("CMD [\"/app\", \"--health\"]"));
    d.flag(tr("Interval"), "interval", QStringLiteral("30s"));
    d.flag(tr("Timeout"), "timeout", QStringLiteral("30s"));
    d.flag(tr("Start period"), "start-period", QStringLiteral("0s"));
    d.flag(tr("Start interval"), "start-interval", QStringLiteral("5s"));
    d.flag(tr("Retries"), "retries", QStringLiteral("3"));
}

} // namespace

void describeInstruction(PropertyForm &form, const SnapshotPtr &snapshot, const Instruction &instruction, bool readOnly)
{
    const Describer d{form, snapshot, instruction, readOnly};
    switch (instruction.kind) {
    case InstructionKind::Copy:
    case InstructionKind::Add: return describeCopy(d);
    case InstructionKind::Run: return describeRun(d);
    case InstructionKind::Env: return describePairs(d, tr("Add a variable"), "NAME=value", false);
    case InstructionKind::Label: return describePairs(d, tr("Add a label"), "name=value", false);
    case InstructionKind::Arg: return describePairs(d, tr("Add an argument"), "NAME", true);
    case InstructionKind::Cmd:
    case InstructionKind::Entrypoint: describeForm(d); return d.command(tr("Command"));
    case InstructionKind::Healthcheck: return describeHealthcheck(d);
    case InstructionKind::Expose: return d.arguments(tr("Ports"), QStringLiteral("8080 8443/tcp"));
    case InstructionKind::User: return d.arguments(tr("User"), QStringLiteral("1000:1000"));
    case InstructionKind::Workdir: return d.arguments(tr("Folder"), QStringLiteral("/app"));
    case InstructionKind::Volume: return d.arguments(tr("Volumes"), QStringLiteral("/data"));
    case InstructionKind::Stopsignal: return d.arguments(tr("Signal"), QStringLiteral("SIGTERM"));
    case InstructionKind::Shell: return d.arguments(tr("Shell"), QStringLiteral("[\"/bin/sh\", \"-c\"]"));
    case InstructionKind::Onbuild: return d.arguments(tr("Instruction"));
    default: return d.arguments(tr("Arguments"));
    }
}

} // namespace stagewright
