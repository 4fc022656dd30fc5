// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "graph/GraphScene.h"
#include "semantics/Snapshot.h"

#include <QPoint>
#include <QPointF>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QPainter;

namespace stagewright {

class DocumentSession;
class GraphView;

/// Something that the mouse does between press and release. Made when the drag begins.
class GraphGesture
{
public:
    explicit GraphGesture(GraphView &view)
        : m_view(view)
    {
    }
    virtual ~GraphGesture() = default;
    GraphGesture(const GraphGesture &) = delete;
    GraphGesture &operator=(const GraphGesture &) = delete;

    virtual void move(QPointF scenePos, QPoint viewportPos, Qt::KeyboardModifiers modifiers) = 0;
    virtual void finish(QPointF scenePos) = 0;
    virtual void cancel() = 0;
    /// Over everything, in scene coordinates.
    virtual void paint(QPainter &painter) { Q_UNUSED(painter) }
    /// Beside the pointer: why it cannot be dropped here.
    [[nodiscard]] virtual QString refusal() const { return {}; }
    /// The document changed while dragging: ids are no longer valid.
    [[nodiscard]] virtual bool survivesChange() const { return false; }

protected:
    GraphView &m_view;
};

/// Moves the view under the hand.
class PanGesture : public GraphGesture
{
public:
    PanGesture(GraphView &view, QPoint start);
    void move(QPointF scenePos, QPoint viewportPos, Qt::KeyboardModifiers modifiers) override;
    void finish(QPointF scenePos) override;
    void cancel() override;
    [[nodiscard]] bool survivesChange() const override { return true; }

private:
    QPoint m_last;
};

/// A box that selects cards, images and wires.
class RubberBandGesture : public GraphGesture
{
public:
    RubberBandGesture(GraphView &view, QPointF start, Qt::KeyboardModifiers modifiers);
    void move(QPointF scenePos, QPoint viewportPos, Qt::KeyboardModifiers modifiers) override;
    void finish(QPointF scenePos) override;
    void cancel() override;
    void paint(QPainter &painter) override;

private:
    QPointF m_start;
    QPointF m_end;
    Qt::KeyboardModifiers m_modifiers;
    Selection m_before;
};

/// Moves cards by hand; one undo step.
class MoveNodesGesture : public GraphGesture
{
public:
    MoveNodesGesture(GraphView &view, QPointF start, std::vector<NodeItem *> nodes);
    void move(QPointF scenePos, QPoint viewportPos, Qt::KeyboardModifiers modifiers) override;
    void finish(QPointF scenePos) override;
    void cancel() override;

private:
    QPointF m_start;
    std::vector<NodeItem *> m_nodes;
    std::vector<QPointF> m_origins;
};

/// Moves instructions within a card or to another.
class MoveRowsGesture : public GraphGesture
{
public:
    MoveRowsGesture(GraphView &view, std::vector<InstructionId> instructions, QString words);
    void move(QPointF scenePos, QPoint viewportPos, Qt::KeyboardModifiers modifiers) override;
    void finish(QPointF scenePos) override;
    void cancel() override;
    void paint(QPainter &painter) override;

private:
    std::vector<InstructionId> m_instructions;
    QString m_words;
    QPointF m_at;
    NodeItem *m_target = nullptr;
    int m_insertion = -1;
};

/// Pulls a wire from an out port to a card, a row or a FROM.
class ConnectGesture : public GraphGesture
{
public:
    ConnectGesture(GraphView &view, NodeItem *source);
    ~ConnectGesture() override;
    void move(QPointF scenePos, QPoint viewportPos, Qt::KeyboardModifiers modifiers) override;
    void finish(QPointF scenePos) override;
    void cancel() override;
    void paint(QPainter &painter) override;
    [[nodiscard]] QString refusal() const override { return m_refusal; }

private:
    enum class Action : std::uint8_t { None, From, Retarget, Add, Empty };
    void findTarget(QPointF at);
    /// The port that takes something in (of a FROM or a COPY) next to @p at, and its row; null, -1: none is near.
    [[nodiscard]] std::pair<NodeItem *, int> nearPort(QPointF at) const;

    NodeRef m_source;
    QString m_sourceName;
    QPointF m_start;
    QPointF m_at;
    QPointF m_snapped;
    QString m_refusal;
    Action m_action = Action::None;
    StageId m_target = StageId::None;
    InstructionId m_instruction = InstructionId::None;
    std::optional<std::size_t> m_index; ///< Where a new COPY goes; not set: at its usual place.
};

} // namespace stagewright
