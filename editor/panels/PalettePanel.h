// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "panels/Templates.h"

#include <QAbstractButton>
#include <QWidget>

#include <memory>
#include <utility>
#include <vector>

QT_BEGIN_NAMESPACE
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;
QT_END_NAMESPACE

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
        bool noShell = false;
        QString search; ///< Lower case; what the search field looks in.
    };
    PaletteItem(const Theme &theme, Content content, QWidget *parent = nullptr);
    [[nodiscard]] const Content &content() const { return m_content; }
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
    void paintImage(QPainter &painter) const;
    void startDrag();
    const Theme &m_theme;
    Content m_content;
    QPoint m_pressed;
};

/// Images of the catalogue with what is known about them, instructions, and templates; with a search field.
class PalettePanel : public QWidget
{
    Q_OBJECT
public:
    PalettePanel(const Theme &theme, const Catalog &catalog, const std::vector<Template> &templates,
                 QWidget *parent = nullptr);

    void focusSearch();
    /// Items that the search leaves visible.
    [[nodiscard]] int shownItems() const;

Q_SIGNALS:
    void imageActivated(const QString &reference);
    void comparisonWanted(const QString &reference);
    void instructionActivated(const QString &text);
    void templateActivated(const QString &id);

private:
    struct Section
    {
        QAbstractButton *head = nullptr;
        QWidget *body = nullptr;
        std::vector<PaletteItem *> items;
        bool grid = false;
        int fewest = 0; ///< Shown until the person asks for all; 0: all.
        QPushButton *more = nullptr;
    };
    Section &addSection(const QString &title, bool grid);
    PaletteItem *addItem(Section &section, PaletteItem::Content content);
    void addImages(const Catalog &catalog);
    void addInstructions();
    PaletteItem *addImage(const Catalog::Offer &offer);
    void filter(const QString &text);
    /// Shows the images that match, best first; those that nobody offered get an item when they are first found.
    [[nodiscard]] std::pair<int, int> filterImages(const QString &text);
    void fillGrid(const Section &section);

    const Theme &m_theme;
    const Catalog &m_catalog;
    Section *m_images = nullptr;
    std::size_t m_offered = 0; ///< Of m_images' items; the others were found by a search.
    QLineEdit *m_search = nullptr;
    QVBoxLayout *m_layout = nullptr;
    QLabel *m_nothing = nullptr;
    std::vector<std::unique_ptr<Section>> m_sections;
};

} // namespace stagewright
