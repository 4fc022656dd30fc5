// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"
#include "semantics/BuildGraph.h"

#include <QGraphicsView>
#include <QPoint>
#include <QPointF>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace stagewright {

class DocumentSession;
class GraphGesture;
class GraphScene;
class InlineEditor;
class NodeItem;
class Theme;
struct GraphHit;

/// The graph of one document: shows it, and is where it is edited by hand. All changes go through the session.
class GraphView : public QGraphicsView
{
    Q_OBJECT
public:
    GraphView(DocumentSession &session, const Theme &theme, QWidget *parent = nullptr);
    ~GraphView() override;

    [[nodiscard]] DocumentSession &session() const { return m_session; }
    [[nodiscard]] const Theme &theme() const { return m_theme; }
    [[nodiscard]] GraphScene *graphScene() const { return m_scene; }
    [[nodiscard]] double zoom() const;

    // Looking
    void setZoom(double zoom); ///< Around the view's centre; 1 is 100 %.
    void zoomAt(double factor, QPointF viewportPos);
    void zoomIn();
    void zoomOut();
    void resetZoom();
    void fitAll(); ///< And keeps it fitted until the person zooms or pans.
    [[nodiscard]] bool isFitted() const;
    /// A fitted graph is not made bigger than this; 1 (100 %) at first.
    void setLargestFit(double zoom);
    /// The person looks at something of their own choice: resizing no longer fits the graph.
    void stopFitting();
    void fitSelection();
    /// Scrolls so that the node (or row) can be seen.
    void reveal(NodeRef node);
    void reveal(InstructionId instruction);
    void setMiniMapVisible(bool visible);
    void setLegendVisible(bool visible);

    // Commands; each is one undo step. Without something to act on they do nothing.
    void autoLayout();  ///< Forgets the places that a person chose.
    void openAddMenu(); ///< At the pointer, or in the middle of the view.
    void addStage();    ///< A new stage at the end; its name is edited at once.
    void deleteSelection();
    void duplicateSelection();
    void renameSelection();     ///< Inline; a stage.
    void editSelection();       ///< Inline; an instruction, or a stage's name.
    void copySelection() const; ///< As Dockerfile text.
    void cutSelection();
    void paste();
    void selectAll();
    /// The stage to build: a name, "#N", or "" for the last one.
    void setTarget(const QString &target);
    void requestFixes(InstructionId instruction);
    /// Lets some nodes stand out, brings them into view, and says so; Escape, or an empty list, ends it.
    void setTrail(const std::vector<NodeRef> &nodes);
    void showFacts(); ///< As a tip: about the selected image, or the state in front of the selected row.

    /// Asks a question that has a title, an explanation and a button; tests set their own answer.
    [[nodiscard]] bool confirm(const QString &title, const QString &text, const QString &button) const;
    void setConfirm(std::function<bool(const QString &, const QString &)> answer);
    /// The field that is open over the graph, or null.
    [[nodiscard]] InlineEditor *editor() const;
    void openEditor(InlineEditor *editor);
    /// The gesture that is going on, or null.
    [[nodiscard]] const GraphGesture *gesture() const;

    [[nodiscard]] bool canDelete() const;
    [[nodiscard]] bool canCopy() const;
    [[nodiscard]] bool canPaste() const;

Q_SIGNALS:
    /// The person asks for the quick fixes of a finding (light bulb, Alt+Enter).
    void fixesRequested(const stagewright::Diagnostic &diagnostic, QPoint globalPos);
    /// A short sentence for the status bar; why something could not be done.
    void statusMessage(const QString &message);
    void zoomChanged(double zoom);
    /// The person asks for the base image's siblings, and why the stage has no shell.
    void comparisonWanted(stagewright::StageId stage);
    void shellChainWanted(stagewright::StageId stage);
    void trailEnded(); ///< By Escape.
    /// The person asks what the build said of a stage that failed.
    void logWanted(stagewright::StageId stage);

protected:
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    struct Parts; ///< Gesture, overlays, editor.
    void connectSession();
    void setView(double zoom, QPointF centre, bool motion);
    void fit(QRectF rect, bool motion);
    void fitContent(bool motion);
    /// Fits again what was fitted, if it no longer is.
    void keepFitted(bool motion);
    void onContentChanged();
    void onRevealed(TextRange range, QObject *source);
    void layOutOverlays();
    void showMiniMap();
    [[nodiscard]] QRectF visibleScene() const;
    void paintRefusal(QPainter &painter) const;

    // Mouse (GraphViewMouse.cpp)
    void startGesture(std::unique_ptr<GraphGesture> gesture);
    void endGesture(bool keep);
    void beginDrag(QPoint viewportPos, Qt::KeyboardModifiers modifiers);
    void click(const GraphHit &hit, Qt::KeyboardModifiers modifiers, bool pressed);
    void updateHover(QPoint viewportPos);
    [[nodiscard]] QString toolTipAt(QPoint viewportPos) const;
    [[nodiscard]] QString factsTipOf(NodeRef node) const;

    // Keys (GraphViewKeys.cpp)
    bool navigate(QKeyEvent *event);
    bool walkRows(int by, bool extend);
    bool walkNodes(int by);
    bool followEdge(int key);
    [[nodiscard]] NodeItem *currentNode() const;
    void goTo(NodeItem *node, int row, bool extend = false);

    // Menus (GraphMenus.cpp)
    void addImageActions(QMenu &menu, const GraphHit &hit);
    void openAddMenuAt(QPointF scenePos, QPoint globalPos, NodeItem *node, int row);

    DocumentSession &m_session;
    const Theme &m_theme;
    GraphScene *m_scene = nullptr;
    std::unique_ptr<Parts> m_parts;
    friend class GraphCommands;
};

} // namespace stagewright
