// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QStyledItemDelegate>

QT_BEGIN_NAMESPACE
class QTreeView;
QT_END_NAMESPACE

namespace stagewright {

class Theme;

/// Cells of a table in the program's look: ground, rule and plain text; what is special about a cell is in paintCell().
class TableDelegate : public QStyledItemDelegate
{
public:
    struct Look
    {
        int rowHeight = 26; ///< Pixels.
        int left = 14;      ///< Pixels in front of the text.
        bool rules = true;  ///< A line below each row.
    };
    /// @p theme must outlive this.
    TableDelegate(const Theme &theme, Look look, QObject *parent);

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const final;

protected:
    /// What stands in a cell. Font and pen are those of plain text; they may be changed.
    virtual void paintCell(QPainter &painter, QRect room, const QModelIndex &index, bool selected) const = 0;
    [[nodiscard]] const Theme &theme() const { return m_theme; }

    /// The cell's text, aligned as the model says, elided.
    static void paintText(QPainter &painter, const QRect &room, const QModelIndex &index,
                          Qt::TextElideMode elide = Qt::ElideRight);
    /// At the left of @p room. Answers what is left of it.
    [[nodiscard]] QRect paintIcon(QPainter &painter, const QRect &room, const QString &icon,
                                  const QColor &colour) const;
    /// A bar at the left of @p room that leaves @p figure pixels to the number behind it. @p share: 0 … 1.
    void paintMeter(QPainter &painter, const QRect &room, int figure, double share, const QColor &colour,
                    bool selected) const;

private:
    const Theme &m_theme;
    Look m_look;
};

/// A flat table without a frame, its rows all of a height. To be called once.
void makeTable(QTreeView &view);
/// Fonts and colours of a table; to be called again when the theme changes.
void applyTableTheme(QTreeView &view, const Theme &theme);

} // namespace stagewright
