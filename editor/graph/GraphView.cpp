// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphView.h"

#include "graph/GraphAccessible.h"
#include "graph/GraphScene.h"
#include "graph/GraphViewParts.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QPainter>
#include <QResizeEvent>
#include <QScrollBar>
#include <QVarLengthArray>

#include <algorithm>
#include <cmath>

namespace stagewright {

namespace {

constexpr double smallestZoom = 0.04;
constexpr double largestZoom = 4;
constexpr double zoomStep = 1.2;
constexpr int motionDuration = 160;
constexpr int overlayMargin = 12;
constexpr double fitMargin = 36;
constexpr double tightMargin = 20; ///< In a small view.
constexpr int smallView = 700;

} // namespace

GraphView::GraphView(DocumentSession &session, const Theme &theme, QWidget *parent)
    : QGraphicsView(parent)
    , m_session(session)
    , m_theme(theme)
    , m_scene(new GraphScene(session, theme, this))
    , m_parts(std::make_unique<Parts>())
{
    installGraphAccessibility();
    setObjectName(QStringLiteral("graphView"));
    setAccessibleName(tr("Stage graph"));
    setScene(m_scene);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTransformationAnchor(QGraphicsView::NoAnchor);
    setResizeAnchor(QGraphicsView::NoAnchor);
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate); // wires and tips lie over everything
    setOptimizationFlag(QGraphicsView::DontSavePainterState, false);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setAcceptDrops(true);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->grabGesture(Qt::PinchGesture);

    m_parts->zoom = new ZoomControl(theme, this);
    m_parts->legend = new GraphLegend(theme, this);
    m_parts->miniMap = new MiniMap(*this);
    m_parts->hint = new EmptyHint(theme, this);
    connect(m_parts->zoom, &ZoomControl::zoomInRequested, this, &GraphView::zoomIn);
    connect(m_parts->zoom, &ZoomControl::zoomOutRequested, this, &GraphView::zoomOut);
    connect(m_parts->zoom, &ZoomControl::resetRequested, this, &GraphView::resetZoom);
    connect(m_parts->zoom, &ZoomControl::fitRequested, this, &GraphView::fitAll);
    connect(this, &GraphView::zoomChanged, m_parts->zoom, &ZoomControl::setZoom);
    connect(this, &GraphView::zoomChanged, this, &GraphView::showMiniMap);

    m_parts->motion.setDuration(motionDuration);
    m_parts->motion.setStartValue(0.0);
    m_parts->motion.setEndValue(1.0);
    m_parts->motion.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_parts->motion, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) {
        const double t = value.toDouble();
        // Zoom multiplies, so its way is even on a logarithmic scale
        const double zoom = m_parts->zoomFrom * std::pow(m_parts->zoomTo / m_parts->zoomFrom, t);
        setTransform(QTransform::fromScale(zoom, zoom));
        centerOn(m_parts->centreFrom + (m_parts->centreTo - m_parts->centreFrom) * t);
        Q_EMIT zoomChanged(zoom);
    });
    connectSession();
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    onContentChanged();
}

GraphView::~GraphView()
{
    m_parts->gesture.reset();
    m_parts->motion.stop();
}

void GraphView::connectSession()
{
    connect(m_scene, &GraphScene::contentChanged, this, &GraphView::onContentChanged);
    connect(m_scene, &GraphScene::changed, this, [this] { m_parts->miniMap->update(); });
    connect(m_scene, &GraphScene::shifted, this, [this](QPointF offset) {
        const QPointF pixels = offset * zoom();
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + static_cast<int>(std::lround(pixels.x())));
        verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(std::lround(pixels.y())));
    });
    connect(&m_session, &DocumentSession::changed, this, [this](const DocumentChange &change) {
        if (m_parts->gesture && !m_parts->gesture->survivesChange())
            endGesture(false);
        m_parts->down = false;
        m_parts->pressed = {};
        const bool first = change.before->graph().stages().empty() && !change.after->graph().stages().empty();
        if (change.origin == Origin::Load || first) {
            m_parts->fitPending = true;
            if (isVisible() && width() > 50)
                fitContent(false);
        }
    });
    connect(&m_session, &DocumentSession::revealRequested, this, &GraphView::onRevealed);
    connect(&m_session, &DocumentSession::selectionChanged, this, [this](const Selection &selection, QObject *source) {
        viewport()->update();
        announceSelection(*this);
        if (source == this || source == &m_session || m_parts->gesture)
            return;
        if (!selection.instructions.empty())
            reveal(selection.instructions.front());
        else if (!selection.nodes.empty())
            reveal(selection.nodes.front());
    });
}

void GraphView::onContentChanged()
{
    const bool empty = m_scene->nodeItems().empty();
    m_parts->hint->setVisible(empty);
    m_parts->hint->setHasText(!m_session.snapshot()->tree().instructions().empty());
    m_parts->legend->setVisible(!empty && m_parts->legendWanted);
    layOutOverlays();
    viewport()->update();
    m_parts->miniMap->update();
    // Weights and findings make cards and gaps wider; what a hand holds stays where it is
    if (isVisible() && !m_parts->gesture && !m_parts->dropping && !m_parts->editor && !m_parts->down)
        keepFitted(true);
}

void GraphView::onRevealed(TextRange range, QObject *source)
{
    if (source == this)
        return;
    if (const Instruction *instruction = m_session.snapshot()->tree().instructionAt(range.begin))
        reveal(instruction->id);
}

double GraphView::zoom() const
{
    return transform().m11();
}

void GraphView::setView(double zoom, QPointF centre, bool motion)
{
    m_parts->motion.stop();
    m_parts->zoomFrom = this->zoom();
    m_parts->zoomTo = std::clamp(zoom, smallestZoom, largestZoom);
    m_parts->centreFrom = mapToScene(viewport()->rect().center());
    m_parts->centreTo = centre;
    if (motion && m_theme.motionEnabled() && isVisible()) {
        m_parts->motion.start();
        return;
    }
    setTransform(QTransform::fromScale(m_parts->zoomTo, m_parts->zoomTo));
    centerOn(centre);
    Q_EMIT zoomChanged(m_parts->zoomTo);
}

void GraphView::setZoom(double zoom)
{
    stopFitting();
    setView(zoom, mapToScene(viewport()->rect().center()), false);
}

void GraphView::zoomAt(double factor, QPointF viewportPos)
{
    m_parts->motion.stop();
    stopFitting();
    const double now = zoom();
    const double next = std::clamp(now * factor, smallestZoom, largestZoom);
    if (qFuzzyCompare(next, now))
        return;
    const QPointF at = mapToScene(viewportPos.toPoint());
    setTransform(QTransform::fromScale(next, next));
    const QPointF moved = QPointF(mapFromScene(at)) - viewportPos;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + static_cast<int>(std::lround(moved.x())));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(std::lround(moved.y())));
    Q_EMIT zoomChanged(next);
}

void GraphView::zoomIn()
{
    stopFitting();
    setView(zoom() * zoomStep, mapToScene(viewport()->rect().center()), true);
}

void GraphView::zoomOut()
{
    stopFitting();
    setView(zoom() / zoomStep, mapToScene(viewport()->rect().center()), true);
}

void GraphView::resetZoom()
{
    stopFitting();
    setView(1, mapToScene(viewport()->rect().center()), true);
}

void GraphView::fit(QRectF rect, bool motion)
{
    if (rect.isEmpty()) {
        setView(1, {}, false);
        return;
    }
    m_parts->fitPending = false;
    const QSizeF room(std::max(50, viewport()->width()), std::max(50, viewport()->height()));
    // The controls at the bottom take a strip where there is space for one
    const double strip = room.height() > 400 ? 44 : 0;
    const double margin = room.width() < smallView ? tightMargin : fitMargin;
    const double scale = std::min({(room.width() - 2 * margin) / rect.width(),
                                   (room.height() - strip - 2 * margin) / rect.height(), m_parts->largestFit});
    const double clamped = std::clamp(scale, smallestZoom, m_parts->largestFit);
    setView(clamped, rect.center() + QPointF(0, strip / 2 / clamped), motion);
}

void GraphView::fitContent(bool motion)
{
    m_parts->follows = true;
    fit(m_scene->contentRect(), motion);
}

void GraphView::fitAll()
{
    fitContent(true);
}

void GraphView::setLargestFit(double zoom)
{
    m_parts->largestFit = zoom;
    if (m_parts->follows && isVisible())
        fitContent(true);
}

bool GraphView::isFitted() const
{
    return m_parts->follows;
}

void GraphView::stopFitting()
{
    m_parts->follows = false;
}

void GraphView::keepFitted(bool motion)
{
    if (!m_parts->follows || m_parts->fitPending || m_scene->nodeItems().empty())
        return;
    if (!visibleScene().contains(m_scene->contentRect()))
        fit(m_scene->contentRect(), motion);
}

void GraphView::fitSelection()
{
    QRectF rect;
    const Selection &selection = m_session.selection();
    for (NodeRef ref : selection.nodes) {
        if (const NodeItem *node = m_scene->nodeItem(ref))
            rect |= node->cardRect();
    }
    for (InstructionId id : selection.instructions) {
        if (const auto [node, row] = m_scene->rowOf(id); node)
            rect |= node->cardRect();
    }
    for (const auto &edge : m_scene->edgeItems()) {
        if (edge->state().selected)
            rect |= edge->source()->cardRect() | edge->target()->cardRect();
    }
    if (rect.isEmpty()) {
        fitContent(true);
        return;
    }
    stopFitting();
    fit(rect.adjusted(-20, -30, 20, 20), true);
}

void GraphView::reveal(NodeRef ref)
{
    const NodeItem *node = m_scene->nodeItem(ref);
    if (!node)
        return;
    const QRectF rect = node->cardLayout().rect().translated(m_scene->targetPosition(node));
    const QRectF shown = mapToScene(viewport()->rect()).boundingRect();
    const QRectF head(rect.topLeft(), QSizeF(rect.width(), std::min(rect.height(), 100.0)));
    if (shown.contains(head))
        return;
    keepFitted(true);
    if (!isFitted())
        setView(zoom(), shown.contains(rect.center()) ? shown.center() : head.center(), true);
}

void GraphView::reveal(InstructionId instruction)
{
    const auto [node, row] = m_scene->rowOf(instruction);
    if (!node)
        return;
    const QRectF rect
        = node->cardLayout().rows[static_cast<std::size_t>(row)].translated(m_scene->targetPosition(node));
    if (mapToScene(viewport()->rect()).boundingRect().contains(rect.adjusted(-4, -8, 4, 8)))
        return;
    keepFitted(true);
    if (!isFitted())
        setView(zoom(), rect.center(), true);
}

void GraphView::setMiniMapVisible(bool visible)
{
    m_parts->miniMapWanted = visible;
    onContentChanged();
}

void GraphView::setLegendVisible(bool visible)
{
    m_parts->legendWanted = visible;
    onContentChanged();
}

void GraphView::layOutOverlays()
{
    const int bottom = height() - overlayMargin;
    m_parts->zoom->move(overlayMargin, bottom - m_parts->zoom->height());
    m_parts->legend->resize(m_parts->legend->sizeHint());
    const int left = m_parts->zoom->geometry().right() + 32;
    m_parts->legend->move(left, bottom - m_parts->zoom->height() / 2 - m_parts->legend->height() / 2);
    m_parts->miniMap->move(width() - overlayMargin - m_parts->miniMap->width(), bottom - m_parts->miniMap->height());
    const bool room = left + m_parts->legend->width() < m_parts->miniMap->x() - 12;
    m_parts->legend->setVisible(room && m_parts->legendWanted && !m_scene->nodeItems().empty());
    showMiniMap();
    m_parts->hint->resize(m_parts->hint->sizeHint());
    m_parts->hint->move((width() - m_parts->hint->width()) / 2,
                        std::max(0, (height() - m_parts->hint->height()) / 2 - 20));
}

/// In a small view it would cover cards: there it is shown only while there is something out of sight.
void GraphView::showMiniMap()
{
    const bool roomy = width() > 760 && height() > 420;
    const bool small = width() <= 460 || height() <= 260;
    m_parts->miniMap->setVisible(m_parts->miniMapWanted && !small && !m_scene->nodeItems().empty()
                                 && (roomy || !visibleScene().contains(m_scene->contentRect())));
    m_parts->miniMap->update();
}

/// The part of the scene that is in sight; where a motion leads to, not where it is.
QRectF GraphView::visibleScene() const
{
    const bool moving = m_parts->motion.state() == QAbstractAnimation::Running;
    const QPointF centre = moving ? m_parts->centreTo : mapToScene(viewport()->rect().center());
    const QSizeF room = QSizeF(viewport()->size()) / (moving ? m_parts->zoomTo : zoom());
    return {centre - QPointF(room.width(), room.height()) / 2, room};
}

void GraphView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    layOutOverlays();
    if (isVisible() && (m_parts->fitPending || m_parts->follows))
        fitContent(false);
}

void GraphView::showEvent(QShowEvent *event)
{
    QGraphicsView::showEvent(event);
    layOutOverlays();
    if (m_parts->fitPending || m_parts->follows)
        fitContent(false);
}

void GraphView::scrollContentsBy(int dx, int dy)
{
    QGraphicsView::scrollContentsBy(dx, dy);
    viewport()->update();
    if (m_parts && m_parts->miniMap)
        showMiniMap();
}

void GraphView::drawBackground(QPainter *painter, const QRectF &rect)
{
    const Tokens &t = m_theme.tokens();
    painter->fillRect(rect, t.canvas);
    double step = metrics::grid;
    while (step * zoom() < 14)
        step *= 2;
    if (step > metrics::grid * 16)
        return;
    // On whole pixels: dots between pixels would be lighter than their neighbours
    const QTransform toView = painter->worldTransform();
    QVarLengthArray<QPointF, 4096> dots;
    for (double y = std::floor(rect.top() / step) * step; y <= rect.bottom(); y += step) {
        for (double x = std::floor(rect.left() / step) * step; x <= rect.right(); x += step) {
            const QPointF dot = toView.map(QPointF(x, y));
            dots.append({std::round(dot.x()), std::round(dot.y())});
        }
    }
    painter->save();
    painter->resetTransform();
    painter->setRenderHint(QPainter::Antialiasing);
    QPen pen(t.dot, 2);
    pen.setCapStyle(Qt::RoundCap);
    painter->setPen(pen);
    painter->drawPoints(dots.constData(), static_cast<int>(dots.size()));
    painter->restore();
}

void GraphView::drawForeground(QPainter *painter, const QRectF &)
{
    if (!m_parts->gesture)
        return;
    m_parts->gesture->paint(*painter);
    if (!m_parts->gesture->refusal().isEmpty())
        paintRefusal(*painter);
}

/// The reason beside the pointer, as big as text is, whatever the zoom.
void GraphView::paintRefusal(QPainter &painter) const
{
    const Tokens &t = m_theme.tokens();
    painter.save();
    painter.resetTransform();
    const QFont font = m_theme.uiFont(12);
    const QString words = m_parts->gesture->refusal();
    const double width = QFontMetricsF(font).horizontalAdvance(words) + 38;
    QRectF box(QPointF(m_parts->lastMouse) + QPointF(14, 16), QSizeF(width, 26));
    box.moveRight(std::min(box.right(), viewport()->width() - 6.0));
    box.moveBottom(std::min(box.bottom(), viewport()->height() - 6.0));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.errorLine, 1));
    painter.setBrush(t.raised);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    m_scene->tools().icon(painter, QStringLiteral("ban"), t.error, {box.left() + 8, box.center().y() - 7, 14, 14}, 1);
    painter.setFont(font);
    painter.setPen(t.text);
    painter.drawText(box.adjusted(28, 0, -4, 0), Qt::AlignVCenter, words);
    painter.restore();
}

} // namespace stagewright
