// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/DiffPreview.h"

#include "theme/Theme.h"

#include <QPainter>

namespace stagewright {

namespace {

constexpr int rowHeight = 18;

} // namespace

DiffPreview::DiffPreview(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(tr("Preview"));
}

void DiffPreview::setLines(std::vector<DiffLine> lines)
{
    m_lines = std::move(lines);
    QString words;
    for (const DiffLine &line : m_lines)
        words += (line.kind == DiffLine::Kind::Removed ? QStringLiteral("− ") : QStringLiteral("+ "))
            + QString::fromStdString(line.text) + u'\n';
    setAccessibleDescription(words);
    setFixedHeight(m_lines.empty() ? 0 : static_cast<int>(m_lines.size()) * rowHeight + 13);
    update();
}

void DiffPreview::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.setPen(t.border);
    painter.drawLine(8, 0, width() - 8, 0);
    painter.setFont(m_theme.monoFont(11));
    int y = 7;
    for (const DiffLine &line : m_lines) {
        const QRect row(7, y, width() - 14, rowHeight);
        y += rowHeight;
        if (line.kind == DiffLine::Kind::Gap) {
            painter.setPen(t.text3);
            painter.drawText(row.adjusted(28, 0, 0, 0), Qt::AlignVCenter, QStringLiteral("⋯"));
            continue;
        }
        const bool added = line.kind == DiffLine::Kind::Added;
        painter.fillRect(row, added ? t.okTint : t.errorTint);
        painter.setPen(t.text3);
        painter.drawText(row.adjusted(0, 0, 26 - row.width(), 0), Qt::AlignVCenter | Qt::AlignRight,
                         QString::number(line.line));
        painter.setPen(added ? t.ok : t.error);
        painter.drawText(row.adjusted(33, 0, 0, 0), Qt::AlignVCenter,
                         added ? QStringLiteral("+") : QStringLiteral("−"));
        painter.setPen(t.text);
        const QString text = QString::fromStdString(line.text).replace(u'\t', QLatin1String("    "));
        painter.drawText(row.adjusted(47, 0, -4, 0), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, row.width() - 51));
    }
}

} // namespace stagewright
