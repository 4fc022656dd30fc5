// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QWidget>

namespace stagewright {

class GraphView;

/// The whole graph in small, with a box for what the view shows; a click or drag goes there.
class MiniMap : public QWidget
{
    Q_OBJECT
public:
    explicit MiniMap(GraphView &view);
    [[nodiscard]] QSize sizeHint() const override { return {146, 80}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    /// Scene to widget.
    [[nodiscard]] QTransform mapping() const;
    void goTo(QPointF pos);

    GraphView &m_view;
};

} // namespace stagewright
