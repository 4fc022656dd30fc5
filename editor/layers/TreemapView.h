// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "layers/SizeColours.h"

#include <QRectF>
#include <QString>
#include <QWidget>

#include <vector>

namespace stagewright {

class Theme;
struct Tokens;

/// What a treemap shows: a tree of things that weigh something. Nodes are numbers of the source's own.
class TreemapSource
{
public:
    virtual ~TreemapSource() = default;
    [[nodiscard]] virtual int root() const = 0;                          ///< -1: there is nothing.
    [[nodiscard]] virtual int parent(int node) const = 0;                ///< -1 for the root.
    [[nodiscard]] virtual std::vector<int> children(int node) const = 0; ///< Empty: a leaf.
    [[nodiscard]] virtual double weight(int node) const = 0;
    [[nodiscard]] virtual QString label(int node) const = 0;
    [[nodiscard]] virtual QString sizeText(int node) const = 0;
    [[nodiscard]] virtual QString tip(int node) const = 0; ///< Rich text.
    [[nodiscard]] virtual bool isCode(int node) const = 0; ///< The label is set in the fixed font.
    [[nodiscard]] virtual PartColours colours(int node, const Tokens &tokens) const = 0;
};

/// Areas in proportion to weights, groups with their name on top. Arrow keys go to the neighbour, Enter chooses and
/// goes into a group, Backspace comes out of it again.
class TreemapView : public QWidget
{
    Q_OBJECT
public:
    explicit TreemapView(const Theme &theme, QWidget *parent = nullptr);

    /// The source has to outlive the view, or be replaced before it goes. Tell sourceChanged() when it is another tree.
    void setSource(const TreemapSource *source);
    void sourceChanged();
    [[nodiscard]] const TreemapSource *source() const { return m_source; }
    /// Shown instead of an empty picture.
    void setEmptyText(const QString &text);
    /// Marks a node without telling anybody; goes to where it can be seen. -1: none.
    void setCurrent(int node);
    [[nodiscard]] int current() const { return m_current; }
    /// The group whose inside fills the view.
    [[nodiscard]] int top() const { return m_top; }
    void setTop(int node);
    void choose(int node); ///< As a person does: marks it and tells.

    /// What is drawn, from outside to inside.
    struct Tile
    {
        int node = -1;
        QRectF rect;
        bool group = false; ///< Its children are drawn in it.
    };
    [[nodiscard]] const std::vector<Tile> &tiles() const { return m_tiles; }
    [[nodiscard]] int nodeAt(QPointF position) const; ///< -1 for none.

    [[nodiscard]] QSize sizeHint() const override { return {400, 200}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, 80}; }

Q_SIGNALS:
    /// Somebody chose a node here.
    void chosen(int node);
    void topChanged(int node);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    void layOut();
    void layOut(int node, QRectF rect, int depth);
    void paintTile(QPainter &painter, const Tile &tile) const;
    void paintWords(QPainter &painter, const Tile &tile, const QColor &colour) const;
    void enter(int node);
    void move(int dx, int dy);
    [[nodiscard]] const Tile *tileOf(int node) const;

    const Theme &m_theme;
    const TreemapSource *m_source = nullptr;
    QString m_empty;
    std::vector<Tile> m_tiles;
    int m_top = -1;
    int m_current = -1;
    int m_hover = -1;
};

} // namespace stagewright
