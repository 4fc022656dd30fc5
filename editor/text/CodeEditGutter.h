// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "text/CodeEdit.h"

#include <QWidget>

namespace stagewright {

/// The strip at the left of the text.
class CodeEdit::Gutter : public QWidget
{
public:
    explicit Gutter(CodeEdit &edit);
    [[nodiscard]] QSize sizeHint() const override { return {m_edit.gutterWidth(), 0}; }

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    [[nodiscard]] QTextCursor lineAt(QPoint position) const;
    void selectLines(QPoint to);
    CodeEdit &m_edit;
    int m_anchorLine = -1; ///< While lines are being selected.
};

} // namespace stagewright
