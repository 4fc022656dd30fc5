// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/CardText.h"

#include "graph/GraphModel.h"

#include <QFontMetricsF>
#include <QStringList>

namespace stagewright::cardtext {

namespace {

constexpr qsizetype longestFlagValue = 20;
constexpr qsizetype longestLine = 400; ///< No card shows more; a 64 KiB line need not be measured.

/// Position of the ':' of the tag in a reference without digest, or -1.
qsizetype tagSeparator(const QString &reference)
{
    const qsizetype colon = reference.lastIndexOf(u':');
    return colon > reference.lastIndexOf(u'/') ? colon : -1;
}

QString withoutDigest(const QString &reference)
{
    const qsizetype at = reference.indexOf(u'@');
    return at < 0 ? reference : reference.left(at);
}

} // namespace

QString argumentLine(const Instruction &instruction)
{
    QString line;
    std::string_view shortened; // several mounts in a row show as one
    for (const Flag &flag : instruction.flags) {
        const QString name = toQString(flag.name);
        const QString value = toQString(flag.value.substr(0, 64));
        const bool whole = name == u"from" || (name != u"mount" && value.size() <= longestFlagValue);
        if (!whole && shortened == flag.name)
            continue;
        shortened = whole ? std::string_view() : flag.name;
        line += QStringLiteral("--") + name;
        if (flag.hasValue)
            line += u'=' + (whole ? value : QStringLiteral("…"));
        line += u' ';
    }
    const std::string_view arguments = instruction.arguments.substr(0, static_cast<std::size_t>(longestLine) * 4);
    line += toQString(arguments).left(longestLine).simplified();
    if (!instruction.heredocs.empty() && instruction.inner == nullptr) {
        const Heredoc &heredoc = instruction.heredocs.front();
        if (!heredoc.body.isEmpty())
            line += QStringLiteral(" …");
    }
    return line;
}

QString registryOf(const QString &reference)
{
    const qsizetype slash = reference.indexOf(u'/');
    if (slash > 0) {
        const QString first = reference.left(slash);
        if (first.contains(u'.') || first.contains(u':') || first == u"localhost")
            return first;
    }
    return QStringLiteral("docker.io");
}

QString shortName(const QString &reference)
{
    QString name = withoutDigest(reference);
    const QString digest = reference.mid(name.size());
    QStringList segments = name.split(u'/');
    if (segments.size() > 1
        && (segments.first().contains(u'.') || segments.first().contains(u':') || segments.first() == u"localhost"))
        segments.removeFirst();
    if (segments.size() == 2 && segments.first() == u"library")
        segments.removeFirst();
    while (segments.size() > 2)
        segments.removeFirst();
    name = segments.join(u'/');
    if (!digest.isEmpty()) {
        const qsizetype colon = digest.indexOf(u':');
        name += digest.left(colon + 1 + 7) + u'…';
    }
    return name;
}

bool isUntagged(const QString &reference)
{
    return !reference.contains(u'@') && tagSeparator(reference) < 0;
}

QString elideReference(const QString &reference, const QFontMetricsF &metrics, double width)
{
    if (metrics.horizontalAdvance(reference) <= width)
        return reference;
    QString text = reference;
    if (const qsizetype at = text.indexOf(u'@'); at > 0) {
        const qsizetype colon = text.indexOf(u':', at);
        text = text.left(colon + 1 + 7) + u'…';
        if (metrics.horizontalAdvance(text) <= width)
            return text;
    }
    const qsizetype first = text.indexOf(u'/');
    const qsizetype last = text.lastIndexOf(u'/');
    if (first > 0 && last > first) {
        const QString kept = text.left(first) + QStringLiteral("/…") + text.mid(last);
        if (metrics.horizontalAdvance(kept) <= width)
            return kept;
    }
    if (last > 0) {
        const QString kept = QStringLiteral("…") + text.mid(last);
        if (metrics.horizontalAdvance(kept) <= width)
            return kept;
    }
    return metrics.elidedText(text, Qt::ElideMiddle, width);
}

} // namespace stagewright::cardtext
