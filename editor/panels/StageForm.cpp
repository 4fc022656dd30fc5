// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/InstructionForm.h"

#include "catalog/Catalog.h"

#include <QCoreApplication>
#include <QLocale>

namespace stagewright {

namespace {

using Field = PropertyForm::Field;
using Kind = Field::Kind;

QString tr(const char *text)
{
    return QCoreApplication::translate("Properties", text);
}

void addFact(PropertyForm &form, const char *key, const QString &label, const QString &value)
{
    if (!value.isEmpty()) {
        Field field;
        field.kind = Kind::Fact;
        field.key = QString::fromLatin1(key);
        field.label = label;
        field.value = value;
        form.add(std::move(field));
    }
}

void addFacts(PropertyForm &form, const QString &title, const ImageFactsPtr &facts)
{
    Field section;
    section.kind = Kind::Section;
    section.key = QStringLiteral("facts");
    section.label = title;
    form.add(section);
    if (!facts) {
        Field note;
        note.kind = Kind::Note;
        note.key = QStringLiteral("unknown");
        note.label = tr("Nothing is known about this image, so nothing about it is checked.");
        form.add(note);
        return;
    }
    addFact(form, "shell", tr("Shell"),
            facts->hasShell == Known::No ? tr("none")
                : facts->hasShell == Known::Yes
                ? (facts->shell.empty() ? tr("yes") : QString::fromStdString(facts->shell))
                : QString());
    addFact(form, "packages", tr("Packages"),
            facts->hasPackageManager == Known::No ? tr("none") : QString::fromStdString(facts->packageManager));
    addFact(form, "libc", tr("C library"), QString::fromStdString(facts->libc));
    addFact(form, "user", tr("User"), facts->user == "0" ? tr("root") : QString::fromStdString(facts->user));
    addFact(form, "workdir", tr("Folder"), QString::fromStdString(facts->workdir));
    if (facts->sizeMb) {
        addFact(form, "size", tr("Download"),
                tr("%1 MB").arg(QLocale().toString(*facts->sizeMb, 'f', *facts->sizeMb < 10 ? 1 : 0)));
    }
    QString note = QString::fromStdString(facts->note);
    if (!facts->replacement.empty()) {
        note += (note.isEmpty() ? QString() : QStringLiteral(" "))
            + tr("Use instead: %1").arg(QString::fromStdString(facts->replacement));
    }
    if (!note.isEmpty()) {
        Field field;
        field.kind = Kind::Note;
        field.key = QStringLiteral("note");
        field.label = note;
        form.add(field);
    }
}

} // namespace

void describeStage(PropertyForm &form, const SnapshotPtr &snapshot, StageId id, const Catalog &catalog, bool readOnly)
{
    const BuildGraph &graph = snapshot->graph();
    const Stage &stage = graph.stage(id);

    Field name;
    name.key = QStringLiteral("name");
    name.label = tr("Name");
    name.value = stage.name.empty() ? QString() : QString::fromStdString(stage.displayName);
    name.placeholder = tr("none (index %1)").arg(indexOf(id));
    name.readOnly = readOnly;
    name.commit = [snapshot, id](const QString &value) -> edit::Result {
        const std::string text = value.trimmed().toStdString();
        if (!text.empty()) {
            if (auto problem = edit::whyNotStageName(*snapshot, text, id)) {
                return std::unexpected(*problem);
            }
        }
        return edit::renameStage(*snapshot, id, text);
    };
    form.add(std::move(name));

    Field base;
    base.kind = Kind::EditableCombo;
    base.key = QStringLiteral("base");
    base.label = tr("Base");
    base.value = QString::fromUtf8(stage.base.written.data(), static_cast<qsizetype>(stage.base.written.size()));
    base.readOnly = readOnly;
    for (const Stage &other : graph.stages()) {
        if (other.id < id && !other.name.empty()) {
            const QString text = QString::fromStdString(other.displayName);
            base.choices.push_back({tr("stage %1").arg(text), text});
        }
    }
    for (const Catalog::Offer &offer : catalog.offers()) {
        const QString text = QString::fromStdString(offer.reference);
        base.choices.push_back({text, text});
    }
    base.commit = [snapshot, id](const QString &value) -> edit::Result {
        if (value.trimmed().isEmpty()) {
            return std::unexpected(
                edit::EditError{tr("A stage needs a base; “scratch” is the empty one.").toStdString()});
        }
        return edit::setBase(*snapshot, id, value.trimmed().toStdString());
    };
    form.add(std::move(base));

    Field platform;
    platform.kind = Kind::EditableCombo;
    platform.key = QStringLiteral("platform");
    platform.label = tr("Platform");
    const Flag *flag = snapshot->tree().instruction(stage.from).flag("platform");
    platform.value
        = flag ? QString::fromUtf8(flag->value.data(), static_cast<qsizetype>(flag->value.size())) : QString();
    platform.placeholder = tr("as the build");
    platform.readOnly = readOnly;
    platform.choices = {{tr("as the build"), QString()}};
    for (const char *value : {"$BUILDPLATFORM", "$TARGETPLATFORM", "linux/amd64", "linux/arm64"}) {
        platform.choices.push_back({QString::fromLatin1(value), QString::fromLatin1(value)});
    }
    platform.commit = [snapshot, id](const QString &value) {
        return edit::setPlatform(*snapshot, id, value.trimmed().toStdString());
    };
    form.add(std::move(platform));

    // What the stage stands on in the end, through other stages.
    StageId root = id;
    for (std::size_t steps = 0; graph.stage(root).base.kind == BaseKind::Stage && steps < graph.stages().size();
         ++steps) {
        root = graph.stage(root).base.stage;
    }
    const StageBase &image = graph.stage(root).base;
    if (image.kind == BaseKind::Scratch) {
        addFacts(form, tr("Image: scratch, the empty one"), catalog.lookup("scratch"));
    } else if (image.kind == BaseKind::Image) {
        addFacts(form, tr("Image: %1").arg(QString::fromStdString(image.resolved)), catalog.lookup(image.reference));
    }
}

void describeImage(PropertyForm &form, const Snapshot &snapshot, ImageId id, const Catalog &catalog)
{
    const ExternalImage &image = snapshot.graph().image(id);
    addFact(form, "reference", tr("Reference"), QString::fromStdString(image.reference));
    addFacts(form, tr("What is known"), catalog.lookup(image.reference));
}

} // namespace stagewright
