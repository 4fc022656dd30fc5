// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/FactRows.h"

#include <QCoreApplication>
#include <QLocale>

namespace stagewright {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(stagewright::FactsTip)
};

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString shellOf(const ImageFacts &facts)
{
    if (facts.hasShell == Known::No)
        return Words::tr("none");
    if (facts.hasShell == Known::Unknown)
        return {};
    const QString path = facts.shell.empty() ? Words::tr("yes") : toText(facts.shell);
    return facts.shellFormWorks == Known::No ? Words::tr("%1; RUN finds no /bin/sh").arg(path) : path;
}

QString providesOf(const ImageFacts &facts)
{
    QStringList words;
    for (const auto &[name, there] : facts.provides) {
        const QString word = toText(name);
        words << (there ? word : Words::tr("no %1").arg(word));
    }
    return words.join(QStringLiteral(", "));
}

QString statusOf(ImageStatus status)
{
    switch (status) {
    case ImageStatus::Current: return Words::tr("current");
    case ImageStatus::Deprecated: return Words::tr("deprecated");
    case ImageStatus::EndOfLife: return Words::tr("end of life");
    case ImageStatus::NeverPublished: return Words::tr("never published");
    case ImageStatus::Unknown: break;
    }
    return {};
}

QString sizeOf(const ImageFacts &facts)
{
    if (!facts.sizeMb)
        return {};
    const QString size
        = Words::tr("%1 MB compressed").arg(QLocale().toString(*facts.sizeMb, 'f', *facts.sizeMb < 10 ? 1 : 0));
    return facts.sizeSource.empty() ? size : Words::tr("%1 (%2)").arg(size, toText(facts.sizeSource));
}

QString userOf(const ImageFacts &facts)
{
    const QString user = toText(facts.user);
    return facts.uid && user != QString::number(*facts.uid) && !user.isEmpty()
        ? Words::tr("%1 (uid %2)").arg(user).arg(*facts.uid)
        : user;
}

} // namespace

QString execForm(const std::vector<std::string> &words)
{
    if (words.empty())
        return Words::tr("none");
    QStringList quoted;
    for (const std::string &word : words)
        quoted << u'"' + toText(word) + u'"';
    return u'[' + quoted.join(QStringLiteral(", ")) + u']';
}

std::vector<FactRow> factRows(const ImageFacts &facts)
{
    using Tone = FactRow::Tone;
    const bool old = facts.status != ImageStatus::Current && facts.status != ImageStatus::Unknown;
    std::vector<FactRow> rows{
        {Fact::Shell, Words::tr("Shell"), shellOf(facts), facts.hasShell == Known::No ? Tone::Bad : Tone::Plain},
        {Fact::PackageManager, Words::tr("Package manager"),
         facts.hasPackageManager == Known::No ? Words::tr("none") : toText(facts.packageManager)},
        {Fact::Libc, Words::tr("libc"), toText(facts.libc)},
        {Fact::User, Words::tr("User"), userOf(facts)},
        {Fact::Entrypoint, Words::tr("ENTRYPOINT"), facts.entrypoint ? execForm(*facts.entrypoint) : QString()},
        {Fact::Cmd, Words::tr("CMD"), facts.cmd ? execForm(*facts.cmd) : QString()},
        {Fact::Workdir, Words::tr("WORKDIR"), toText(facts.workdir)},
        {Fact::Provides, Words::tr("Provides"), providesOf(facts)},
        {Fact::Size, Words::tr("Size"), sizeOf(facts)},
        {Fact::Status, Words::tr("Status"), statusOf(facts.status), old ? Tone::Warn : Tone::Plain},
    };
    if (!facts.replacement.empty())
        rows.push_back({Fact::Replacement, Words::tr("Use instead"), toText(facts.replacement)});
    return rows;
}

} // namespace stagewright
