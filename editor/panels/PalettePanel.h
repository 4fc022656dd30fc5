// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "panels/PaletteItem.h"
#include "panels/Templates.h"

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

/// Images of the catalogue with what is known about them, instructions, and templates; with a search field.
class PalettePanel : public QWidget
{
    Q_OBJECT
public:
    PalettePanel(const Theme &theme, const Catalog &catalog, const std::vector<Template> &templates,
                 QWidget *parent = nullptr);

    /// Another catalogue: what the rows tell of images, and what a search finds, is from it.
    void setCatalog(const Catalog &catalog);
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
    void addImages();
    void addInstructions();
    PaletteItem *addImage(const Catalog::Offer &offer);
    [[nodiscard]] PaletteItem::Content contentOf(const Catalog::Offer &offer) const;
    void filter(const QString &text);
    /// Shows the images that match, best first; those that nobody offered get an item when they are first found.
    [[nodiscard]] std::pair<int, int> filterImages(const QString &text);
    void fillGrid(const Section &section);

    const Theme &m_theme;
    Catalog m_catalog; ///< The data is shared.
    Section *m_images = nullptr;
    std::size_t m_offered = 0; ///< Of m_images' items; the others were found by a search.
    QLineEdit *m_search = nullptr;
    QVBoxLayout *m_layout = nullptr;
    QLabel *m_nothing = nullptr;
    std::vector<std::unique_ptr<Section>> m_sections;
};

} // namespace stagewright
