// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QAbstractButton>

#include <cstdint>

namespace stagewright {

class Theme;

/// What the palette drags. The data is UTF-8: a short image reference ("node:22-alpine"), one whole instruction
/// ("WORKDIR /app"). Both come with the same as plain text.
inline constexpr char imageMimeType[] = "application/x-stagewright-image";
inline constexpr char instructionMimeType[] = "application/x-stagewright-instruction";

/// One thing to drag from the palette or to add with a double click or Enter.
class PaletteItem : public QAbstractButton
{
    Q_OBJECT
public:
    enum class Kind : std::uint8_t { Image, Instruction, Template };
    struct Content
    {
        Kind kind = Kind::Image;
        QString id; ///< Reference, instruction text or template id.
        QString title;
        QString icon;
        QString facts; ///< Below the title of an image.
        QString note;  ///< Of an image, for its tip.
        bool noShell = false;
        QString search; ///< Lower case; what the search field looks in.
    };
    PaletteItem(const Theme &theme, Content content, QWidget *parent = nullptr);
    [[nodiscard]] const Content &content() const { return m_content; }
    /// The same thing, of which something else is known now.
    void setContent(Content content);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void activated();
    void comparisonWanted(); ///< Of an image.

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void showContent();
    void paintImage(QPainter &painter) const;
    void startDrag();
    const Theme &m_theme;
    Content m_content;
    QPoint m_pressed;
};

} // namespace stagewright
