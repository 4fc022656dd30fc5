// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QPlainTextDocumentLayout>
#include <QTextBlock>
#include <QTextLayout>

#include <cmath>

namespace stagewright {

/// Gives each line of a QPlainTextEdit more height than its font asks for, with the text in the middle.
class RowLayout : public QPlainTextDocumentLayout
{
public:
    using QPlainTextDocumentLayout::QPlainTextDocumentLayout;

    void setRowHeight(double height) { m_rowHeight = height; }
    [[nodiscard]] double rowHeight() const { return m_rowHeight; }

    [[nodiscard]] QRectF blockBoundingRect(const QTextBlock &block) const override
    {
        QRectF rect = QPlainTextDocumentLayout::blockBoundingRect(block);
        if (!block.isVisible() || m_rowHeight <= 0)
            return rect;
        const QTextLayout *layout = block.layout();
        for (int i = 0; i < layout->lineCount(); ++i) {
            QTextLine line = layout->lineAt(i);
            const double y = i * m_rowHeight + std::floor((m_rowHeight - line.height()) / 2);
            if (!qFuzzyCompare(line.y() + 1, y + 1))
                line.setPosition({line.x(), y});
        }
        const double margin = block.next().isValid() ? 0 : document()->documentMargin();
        rect.setHeight(layout->lineCount() * m_rowHeight + margin);
        return rect;
    }

private:
    double m_rowHeight = 0;
};

} // namespace stagewright
