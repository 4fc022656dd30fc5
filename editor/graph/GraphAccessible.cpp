// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphAccessible.h"

#include "building/BuildText.h"
#include "graph/GraphCommands.h"
#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "session/DocumentSession.h"

#include <QAccessible>
#include <QAccessibleObject>
#include <QAccessibleWidget>
#include <QCoreApplication>
#include <QPointer>

#include <algorithm>
#include <tuple>

namespace stagewright {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("stagewright::GraphAccessible", text);
}

GraphView *viewOf(const NodeItem *node)
{
    if (!node || !node->scene() || node->scene()->views().isEmpty())
        return nullptr;
    return qobject_cast<GraphView *>(node->scene()->views().first());
}

QRect onScreen(const NodeItem *node, QRectF sceneRect)
{
    const GraphView *view = viewOf(node);
    if (!view)
        return {};
    const QRect rect = view->mapFromScene(sceneRect).boundingRect();
    return {view->viewport()->mapToGlobal(rect.topLeft()), rect.size()};
}

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Error: return say("Error");
    case Severity::Warning: return say("Warning");
    case Severity::Info: break;
    }
    return say("Note");
}

/// An instruction of a stage. Has no object of its own: the node's interface owns it.
class RowAccessible : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    RowAccessible(NodeItem *node, int row)
        : m_node(node)
        , m_row(row)
    {
    }

    [[nodiscard]] bool isValid() const override
    {
        return m_node && m_row < static_cast<int>(m_node->view().rows.size());
    }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_node.data());
    }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QRect rect() const override { return isValid() ? onScreen(m_node, m_node->rowRect(m_row)) : QRect(); }
    void setText(QAccessible::Text, const QString &) override { }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        const RowView &row = m_node->view().rows[static_cast<std::size_t>(m_row)];
        if (kind == QAccessible::Name) {
            // The whole instruction, not the words that fit in the card
            if (const GraphView *view = viewOf(m_node)) {
                const Snapshot &snapshot = *view->session().snapshot();
                if (indexOf(row.id) < snapshot.tree().instructions().size())
                    return toQString(snapshot.text().slice(snapshot.tree().instruction(row.id).range).substr(0, 1000))
                        .simplified();
            }
            return row.keyword + u' ' + row.arguments;
        }
        if (kind != QAccessible::Description)
            return {};
        QStringList words;
        const std::vector<RowBuild> &builds = m_node->state().buildRows;
        if (static_cast<std::size_t>(m_row) < builds.size()) {
            const RowBuild &build = builds[static_cast<std::size_t>(m_row)];
            words << stateText(build.state);
            if (build.text != words.first())
                words << build.text;
            words.removeAll(QString());
        }
        if (row.severity)
            words << severityWord(*row.severity) + QStringLiteral(": ") + row.finding;
        return words.join(QStringLiteral(", "));
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = state.focusable = true;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        const std::vector<int> &rows = m_node->state().selectedRows;
        state.selected = std::binary_search(rows.begin(), rows.end(), m_row);
        const GraphView *view = viewOf(m_node);
        state.focused = state.selected && view && view->hasFocus();
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }
    [[nodiscard]] QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void doAction(const QString &name) override
    {
        GraphView *view = isValid() ? viewOf(m_node) : nullptr;
        if (!view)
            return;
        const InstructionId id = m_node->view().rows[static_cast<std::size_t>(m_row)].id;
        view->session().select({{}, {id}, {}}, view);
        view->reveal(id);
        view->setFocus();
        if (name == pressAction())
            GraphCommands(*view).editInstruction(id);
    }

private:
    QPointer<NodeItem> m_node;
    int m_row;
};

/// A stage, an image, a context.
class NodeAccessible : public QAccessibleObject, public QAccessibleActionInterface
{
public:
    explicit NodeAccessible(NodeItem *node)
        : QAccessibleObject(node)
    {
    }
    ~NodeAccessible() override
    {
        for (QAccessible::Id id : m_rows)
            QAccessible::deleteAccessibleInterface(id);
    }
    NodeAccessible(const NodeAccessible &) = delete;
    NodeAccessible &operator=(const NodeAccessible &) = delete;

    [[nodiscard]] NodeItem *node() const { return static_cast<NodeItem *>(object()); }
    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        GraphView *view = viewOf(node());
        return view ? QAccessible::queryAccessibleInterface(view) : nullptr;
    }
    [[nodiscard]] int childCount() const override { return static_cast<int>(node()->view().rows.size()); }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        while (static_cast<int>(m_rows.size()) <= index)
            m_rows.push_back(
                QAccessible::registerAccessibleInterface(new RowAccessible(node(), static_cast<int>(m_rows.size()))));
        return QAccessible::accessibleInterface(m_rows[static_cast<std::size_t>(index)]);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (QAccessible::accessibleInterface(m_rows[i]) == child)
                return static_cast<int>(i);
        }
        return -1;
    }
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            QAccessibleInterface *row = child(i);
            if (row->rect().contains(x, y))
                return row;
        }
        return nullptr;
    }
    [[nodiscard]] QRect rect() const override { return onScreen(node(), node()->cardRect()); }
    [[nodiscard]] QAccessible::Role role() const override
    {
        return node()->view().isStage() ? QAccessible::List : QAccessible::ListItem;
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const NodeView &view = node()->view();
        if (kind == QAccessible::Name)
            return view.title;
        if (kind != QAccessible::Description)
            return {};
        QStringList words{view.subtitle};
        if (view.target)
            words += say("final target");
        if (view.dimmed)
            words += say("not in target");
        for (const ChipView &chip : view.chips)
            words += chip.text;
        if (view.isStage())
            words += say("%1 instructions").arg(view.rows.size() - 1);
        if (view.severity)
            words += severityWord(*view.severity) + QStringLiteral(": ") + view.finding;
        return words.join(QStringLiteral(", "));
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = state.focusable = true;
        state.selected = node()->state().selected;
        const GraphView *view = viewOf(node());
        state.focused = state.selected && node()->state().selectedRows.empty() && view && view->hasFocus();
        return state;
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }
    [[nodiscard]] QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void doAction(const QString &) override
    {
        if (GraphView *view = viewOf(node())) {
            const NodeRef ref = node()->view().ref;
            view->session().select({{ref}, {}, {}}, view);
            view->reveal(ref);
            view->setFocus();
        }
    }

private:
    mutable std::vector<QAccessible::Id> m_rows; ///< Made when first asked for; valid as long as the node is.
};

/// The graph: its nodes in file order, then the controls and fields over it.
class GraphAccessible : public QAccessibleWidget
{
public:
    explicit GraphAccessible(GraphView *view)
        : QAccessibleWidget(view, QAccessible::List, view->accessibleName())
    {
    }
    [[nodiscard]] const std::vector<NodeItem *> &nodes() const
    {
        return static_cast<GraphView *>(widget())->graphScene()->nodeItems();
    }
    [[nodiscard]] int nodeCount() const { return static_cast<int>(nodes().size()); }
    [[nodiscard]] int childCount() const override { return nodeCount() + QAccessibleWidget::childCount(); }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        if (index >= 0 && index < nodeCount())
            return QAccessible::queryAccessibleInterface(nodes()[static_cast<std::size_t>(index)]);
        return QAccessibleWidget::child(index - nodeCount());
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto it = std::find(nodes().begin(), nodes().end(), child->object());
        if (it != nodes().end())
            return static_cast<int>(it - nodes().begin());
        const int index = QAccessibleWidget::indexOfChild(child);
        return index < 0 ? -1 : index + nodeCount();
    }
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    if (auto *view = qobject_cast<GraphView *>(object))
        return new GraphAccessible(view);
    if (auto *node = qobject_cast<NodeItem *>(object))
        return new NodeAccessible(node);
    return nullptr;
}

} // namespace

void installGraphAccessibility()
{
    QAccessible::installFactory(makeInterface); // knows itself: a second time does nothing
}

void announceSelection(GraphView &view)
{
    if (!QAccessible::isActive() || !view.hasFocus())
        return;
    const Selection &selection = view.session().selection();
    NodeItem *node = nullptr;
    int row = -1;
    if (!selection.instructions.empty())
        std::tie(node, row) = view.graphScene()->rowOf(selection.instructions.back());
    else if (!selection.nodes.empty())
        node = view.graphScene()->nodeItem(selection.nodes.back());
    QAccessibleInterface *where = node ? QAccessible::queryAccessibleInterface(node) : nullptr;
    if (where && row >= 0)
        where = where->child(row);
    if (!where)
        return;
    QAccessibleEvent focus(where, QAccessible::Focus);
    QAccessible::updateAccessibility(&focus);
}

} // namespace stagewright
