// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/PanelPaint.h"

#include "syntax/SyntaxTree.h"
#include "theme/Theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStringList>

#include <algorithm>

namespace stagewright {

namespace {

/// A word that is written like code: a keyword in capitals, a flag, a path, JSON.
bool isCode(QStringView word)
{
    if (word.isEmpty())
        return false;
    const QChar c = word.front();
    if (word.startsWith(QLatin1String("--")) || c == u'[' || c == u'"' || word.back() == u']'
        || (c == u'/' && word.size() > 1))
        return true;
    const bool capitals = word.size() > 2 && std::ranges::all_of(word, [](QChar letter) { return letter.isUpper(); });
    return capitals && instructionKindOf(word.toString().toStdString()) != InstructionKind::Unknown;
}

} // namespace

QColor roleColour(StageRole role, const Tokens &tokens)
{
    switch (role) {
    case StageRole::Final: return tokens.final_;
    case StageRole::Test: return tokens.test;
    case StageRole::Builder: break;
    }
    return tokens.builder;
}

QColor roleLine(StageRole role, const Tokens &tokens)
{
    switch (role) {
    case StageRole::Final: return tokens.finalLine;
    case StageRole::Test: return tokens.testLine;
    case StageRole::Builder: break;
    }
    return tokens.builderLine;
}

int paintCodeText(QPainter &painter, const Theme &theme, const QRect &rect, const QString &text, const QColor &colour,
                  double px)
{
    const QFont plain = theme.uiFont(px);
    const QFont mono = theme.monoFont(px - 0.5);
    const int space = QFontMetrics(plain).horizontalAdvance(u' ');
    painter.setPen(colour);
    int x = rect.left();
    const QStringList words = text.split(u' ');
    for (qsizetype i = 0; i < words.size(); ++i) {
        painter.setFont(isCode(words[i]) ? mono : plain);
        const QFontMetrics metrics = painter.fontMetrics();
        const int width = metrics.horizontalAdvance(words[i]);
        const int room = rect.right() - x - (i + 1 < words.size() ? metrics.horizontalAdvance(u'…') : 0);
        if (width > room) {
            painter.drawText(QRect(x, rect.top(), rect.right() - x, rect.height()), Qt::AlignVCenter | Qt::AlignLeft,
                             metrics.elidedText(words[i] + u'…', Qt::ElideRight, rect.right() - x));
            return rect.width();
        }
        painter.drawText(QRect(x, rect.top(), width + 2, rect.height()), Qt::AlignVCenter | Qt::AlignLeft, words[i]);
        x += width + space;
    }
    return x - rect.left();
}

} // namespace stagewright
