// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "Context.h"
#include "panels/Templates.h"
#include "semantics/BuildGraph.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPoint>

#include <map>
#include <vector>

QT_BEGIN_NAMESPACE
class QAction;
class QDockWidget;
class QMainWindow;
class QStackedWidget;
class QTabBar;
QT_END_NAMESPACE

namespace stagewright {

class BottomTabs;
class BuildPanel;
class ConsolePanel;
class DocumentPage;
class ExplainPanel;
class OutlinePanel;
class PalettePanel;
class PanelTitleBar;
class ProblemsPanel;
class PropertiesPanel;
class SizePanels;
class TextPane;
struct Diagnostic;

/// The docks around the documents. They show the active document, and go away on the start page.
class Panels : public QObject
{
    Q_OBJECT
public:
    Panels(const Context &context, QMainWindow &window, const std::vector<Template> &templates);
    ~Panels() override;

    [[nodiscard]] PalettePanel &palette() { return *m_palette; }
    [[nodiscard]] PropertiesPanel &properties() { return *m_properties; }
    [[nodiscard]] OutlinePanel &outline() { return *m_outline; }
    [[nodiscard]] ProblemsPanel &problems() { return *m_problems; }
    [[nodiscard]] ExplainPanel &explain() { return *m_explain; }
    [[nodiscard]] BuildPanel &build() { return *m_build; }
    [[nodiscard]] SizePanels &sizes() { return *m_sizes; }
    [[nodiscard]] ConsolePanel &console() { return *m_console; }
    /// The tabs at the bottom: "problems", "build", "console".
    [[nodiscard]] BottomTabs &bottom() { return *m_bottom; }
    /// Shows the bottom dock with that panel in front.
    void showBottom(const char *name);
    /// The text of the active document; null on the start page.
    [[nodiscard]] TextPane *text() const;
    [[nodiscard]] QList<QAction *> toggleActions() const;

    /// Null: the start page.
    void showPage(DocumentPage *page);
    void showProblems();
    void showText();
    void showProperties();
    void focusText();
    /// The keyboard is in the document's text.
    [[nodiscard]] bool textHasFocus() const;
    void find();
    void findNext();
    void searchPalette();
    void showFixes(const Diagnostic &diagnostic, QPoint globalPos);
    void showFixesAtSelection(DocumentPage &page);
    /// The base image of a stage beside its siblings; None: of the stage that is built.
    void compareImages(StageId stage);
    /// An image of the palette beside its siblings.
    void compareImage(const QString &reference);
    /// The way from a stage back to the image that decides about its shell; None: of the stage that is built.
    void explainShell(StageId stage);

    /// Where the docks are; the same on the start page, where they are hidden.
    [[nodiscard]] QByteArray arrangement() const;
    void restoreArrangement(const QByteArray &state);
    void resetArrangement();

Q_SIGNALS:
    void cursorMoved(stagewright::LineColumn position);
    /// A stage FROM this image is wanted.
    void stageWanted(const QString &reference);
    /// A short sentence for the status line.
    void message(const QString &text);

private:
    QDockWidget *addDock(const char *name, const QString &title, QWidget *content, Qt::DockWidgetArea area);
    PanelTitleBar *titleOf(QDockWidget *dock) const;
    void makeInspector();
    void makeBottom();
    void makeExplain();
    [[nodiscard]] StageId stageOrTarget(StageId stage) const;
    [[nodiscard]] TextPane *textOf(DocumentPage *page);
    void showCursor();
    void applyDefaultSizes();

    const Context &m_context;
    QMainWindow &m_window;
    PalettePanel *m_palette = nullptr;
    PropertiesPanel *m_properties = nullptr;
    OutlinePanel *m_outline = nullptr;
    ProblemsPanel *m_problems = nullptr;
    ExplainPanel *m_explain = nullptr;
    BuildPanel *m_build = nullptr;
    ConsolePanel *m_console = nullptr;
    SizePanels *m_sizes = nullptr;
    BottomTabs *m_bottom = nullptr;
    QTabBar *m_inspectorTabs = nullptr;
    QStackedWidget *m_inspector = nullptr;
    QStackedWidget *m_texts = nullptr;
    std::map<DocumentPage *, TextPane *> m_panes;
    QList<QDockWidget *> m_docks;
    DocumentPage *m_page = nullptr;
    QMetaObject::Connection m_catalogFollows; ///< The palette tells what the active document knows of images.
    QByteArray m_arrangement;                 ///< While the docks are hidden, and before they were first shown.
    bool m_shown = false;
};

} // namespace stagewright
