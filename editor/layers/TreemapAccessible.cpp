// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layers/TreemapAccessible.h"

#include "layers/TreemapView.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

#include <algorithm>
#include <map>

namespace stagewright {

namespace {

/// A tile. Has no object of its own: the view's interface owns it. Known by its node, as tiles come and go with the
/// size of the view.
class TileAccessible : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    TileAccessible(TreemapView *view, int node)
        : m_view(view)
        , m_node(node)
    {
    }

    [[nodiscard]] const TreemapView::Tile *tile() const
    {
        if (!m_view || !m_view->source())
            return nullptr;
        const auto found = std::ranges::find(m_view->tiles(), m_node, &TreemapView::Tile::node);
        return found == m_view->tiles().end() ? nullptr : &*found;
    }
    [[nodiscard]] bool isValid() const override { return tile() != nullptr; }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_view.data());
    }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QRect rect() const override
    {
        const TreemapView::Tile *at = tile();
        return at ? QRect(m_view->mapToGlobal(at->rect.topLeft().toPoint()), at->rect.size().toSize()) : QRect();
    }
    void setText(QAccessible::Text, const QString &) override { }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        if (kind == QAccessible::Name)
            return m_view->source()->label(m_node);
        if (kind != QAccessible::Description)
            return {};
        const TreemapSource &source = *m_view->source();
        const int group = source.parent(m_node);
        return group < 0 ? source.sizeText(m_node)
                         : TreemapView::tr("%1, in %2").arg(source.sizeText(m_node), source.label(group));
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = state.focusable = true;
        state.invalid = !isValid();
        state.selected = isValid() && m_view->current() == m_node;
        state.focused = state.selected && m_view->hasFocus();
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
        if (!isValid())
            return;
        m_view->setFocus();
        m_view->choose(m_node);
        if (name == pressAction() && !m_view->source()->children(m_node).empty())
            m_view->setTop(m_node);
    }

private:
    QPointer<TreemapView> m_view;
    int m_node;
};

/// The treemap: its tiles from outside to inside, without the one that fills it.
class TreemapAccessible : public QAccessibleWidget
{
public:
    explicit TreemapAccessible(TreemapView *view)
        : QAccessibleWidget(view, QAccessible::List, view->accessibleName())
    {
    }
    ~TreemapAccessible() override
    {
        for (const auto &[node, id] : m_tiles)
            QAccessible::deleteAccessibleInterface(id);
    }
    TreemapAccessible(const TreemapAccessible &) = delete;
    TreemapAccessible &operator=(const TreemapAccessible &) = delete;

    [[nodiscard]] TreemapView *view() const { return static_cast<TreemapView *>(widget()); }
    [[nodiscard]] int childCount() const override { return std::max(0, static_cast<int>(view()->tiles().size()) - 1); }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        return index < 0 || index >= childCount() ? nullptr
                                                  : of(view()->tiles()[static_cast<std::size_t>(index) + 1].node);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (const auto &[node, id] : m_tiles) {
            if (QAccessible::accessibleInterface(id) != child)
                continue;
            const auto found = std::ranges::find(view()->tiles(), node, &TreemapView::Tile::node);
            return found == view()->tiles().end() ? -1 : static_cast<int>(found - view()->tiles().begin()) - 1;
        }
        return -1;
    }
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        const int node = view()->nodeAt(view()->mapFromGlobal(QPointF(x, y)));
        return node < 0 ? nullptr : of(node);
    }
    [[nodiscard]] QAccessibleInterface *focusChild() const override
    {
        return view()->hasFocus() && view()->current() >= 0 ? of(view()->current()) : nullptr;
    }
    [[nodiscard]] QAccessibleInterface *of(int node) const
    {
        auto at = m_tiles.find(node);
        if (at == m_tiles.end())
            at = m_tiles.emplace(node, QAccessible::registerAccessibleInterface(new TileAccessible(view(), node)))
                     .first;
        return QAccessible::accessibleInterface(at->second);
    }

private:
    mutable std::map<int, QAccessible::Id> m_tiles; ///< Made when first asked for.
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *view = qobject_cast<TreemapView *>(object);
    return view ? new TreemapAccessible(view) : nullptr;
}

} // namespace

void installTreemapAccessibility()
{
    QAccessible::installFactory(makeInterface);
}

void announceTile(TreemapView &view)
{
    if (!QAccessible::isActive() || !view.hasFocus() || view.current() < 0)
        return;
    if (auto *map = static_cast<TreemapAccessible *>(QAccessible::queryAccessibleInterface(&view))) {
        QAccessibleEvent focus(map->of(view.current()), QAccessible::Focus);
        QAccessible::updateAccessibility(&focus);
    }
}

} // namespace stagewright
