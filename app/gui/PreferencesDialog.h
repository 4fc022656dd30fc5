// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "Context.h"

#include <QDialog>
#include <QPointer>

#include <cstdint>
#include <string_view>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QListWidget;
class QStackedWidget;
QT_END_NAMESPACE

namespace stagewright {

class Actions;
class CataloguePage;
class DocumentPage;
class RulesPage;

/// What the person wants of the program: how it looks, which rules speak, what is known about images. Stays open beside
/// the window; every change counts at once.
class PreferencesDialog : public QDialog
{
    Q_OBJECT
public:
    enum class Page : std::uint8_t { Appearance, Rules, Catalogue };

    PreferencesDialog(const Context &context, Actions &actions, QWidget *parent = nullptr);

    /// Whose project is shown; null: none.
    void showDocument(DocumentPage *page);
    void showPage(Page page);
    /// On the page of rules.
    void showRule(std::string_view id);

private:
    QWidget *makeAppearance(Actions &actions);
    QWidget *makeTextSize();
    QWidget *makeFittedZoom();
    void followActions(Actions &actions, QComboBox *theme, QCheckBox *motion);
    void refresh();

    const Context &m_context;
    QPointer<DocumentPage> m_document;
    QListWidget *m_list;
    QStackedWidget *m_pages;
    RulesPage *m_rules;
    CataloguePage *m_catalogue;
};

} // namespace stagewright
