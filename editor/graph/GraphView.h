// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"
#include "semantics/BuildGraph.h"

#include <QGraphicsView>
#include <QPoint>
#include <QPointF>
#include <QString>

#include <memory>
#include <optional>

namespace stagewright {

class DocumentSession;
class GraphScene;
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
    void fitAll();
    void fitSelection();
    /// Scrolls so that the node (or row) can be seen.
    void reveal(NodeRef node);
    void reveal(InstructionId instruction);
    void setMiniMapVisible(bool visible);
    void setLegendVisible(bool visible);

    // Commands; each is one undo step. Without something to act on they do nothing.
    void autoLayout();             ///< Forgets the places that a person chose (of the selection, if there is one).
    void openAddMenu();            ///< At the pointer, or in the middle of the view.
    void addStage();               ///< A new stage at the end; its name is edited at once.
    void deleteSelection();
    void duplicateSelection();
    void renameSelection();        ///< Inline; a stage.
    void editSelection();          ///< Inline; an instruction, or a stage's name.
    void copySelection() const;    ///< As Dockerfile text.
    void cutSelection();
    void paste();
    void selectAll();
    /// The stage to build: a name, "#N", or "" for the last one.
    void setTarget(const QString &target);
    void requestFixes(InstructionId instruction);

    [[nodiscard]] bool canDelete() const;
    [[nodiscard]] bool canCopy() const;
    [[nodiscard]] bool canPaste() const;

Q_SIGNALS:
    /// The person asks for the quick fixes of a finding (light bulb, Alt+Enter).
    void fixesRequested(const stagewright::Diagnostic &diagnostic, QPoint globalPos);
    /// A short sentence for the status bar; why something could not be done.
    void statusMessage(const QString &message);
    void zoomChanged(double zoom);

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
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    friend class GraphNavigator;
    void setTransformZoom(double zoom);
    void updateCursor(const GraphHit &hit);
    void layOutOverlays();

    struct Parts; ///< Tools, overlays and editors.
    DocumentSession &m_session;
    const Theme &m_theme;
    GraphScene *m_scene = nullptr;
    std::unique_ptr<Parts> m_parts;
};

} // namespace stagewright
