// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QFrame>
#include <QToolButton>
#include <QWidget>

class QLabel;

namespace stagewright {

class Theme;

/// − 100 % + and fit, at the bottom left of the graph.
class ZoomControl : public QWidget
{
    Q_OBJECT
public:
    ZoomControl(const Theme &theme, QWidget *parent);
    void setZoom(double zoom);

Q_SIGNALS:
    void zoomInRequested();
    void zoomOutRequested();
    void resetRequested();
    void fitRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QToolButton *addButton(const QString &icon, const QString &name, int x);
    const Theme &m_theme;
    QToolButton *m_percent = nullptr;
};

/// What the kinds of edges look like. Lets the mouse through.
class GraphLegend : public QWidget
{
    Q_OBJECT
public:
    GraphLegend(const Theme &theme, QWidget *parent);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

/// What to do with an empty document. Lets the mouse through.
class EmptyHint : public QWidget
{
    Q_OBJECT
public:
    EmptyHint(const Theme &theme, QWidget *parent);
    [[nodiscard]] QSize sizeHint() const override { return {420, 150}; }
    /// @p readOnly or not a Dockerfile yet: other words.
    void setHasText(bool hasText);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    bool m_hasText = false;
};

} // namespace stagewright
