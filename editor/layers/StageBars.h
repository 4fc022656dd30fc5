// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "layers/SizeColours.h"
#include "session/DocumentSizes.h"

#include <QAbstractScrollArea>

#include <optional>
#include <vector>

namespace stagewright {

class Theme;

/// One bar a stage, made of what it starts with (grey) and what each instruction adds; below them the same as lists.
/// A part and its line in the list are one thing: pointing at or choosing one does so with the other.
///
/// Up and Down go through the parts, Left and Right too, Page Up and Page Down from stage to stage.
class StageBars : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit StageBars(const Theme &theme, QWidget *parent = nullptr);

    void setSizes(const DocumentSizes &sizes);
    /// The part of an instruction, without telling anybody.
    void setCurrent(InstructionId instruction);

    /// A stage and one of its parts: 0 is what it starts with.
    struct Part
    {
        int stage = -1;
        int part = 0;
        friend bool operator==(const Part &, const Part &) = default;
    };
    [[nodiscard]] Part current() const { return m_current; }
    [[nodiscard]] Part partAt(QPoint position) const;
    /// In the bar, in viewport coordinates; empty for a part without bytes.
    [[nodiscard]] QRectF segmentRect(Part part) const;
    [[nodiscard]] QRectF lineRect(Part part) const;
    [[nodiscard]] QString tipOf(Part part) const;

Q_SIGNALS:
    /// Somebody chose a part here.
    void chosen(stagewright::InstructionId instruction);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    struct Shown
    {
        QString text;
        QString note;
        std::uint64_t bytes = 0;
        InstructionId instruction = InstructionId::None;
        bool base = false;
        bool faded = false; ///< The instruction is another one now.
        QRectF segment;     ///< In the content's coordinates.
        QRectF line;
        PartColours colours;
    };
    struct Bar
    {
        QString name;
        StageRole role = StageRole::Builder;
        std::uint64_t total = 0;
        QRectF label, track, sum, head;
        std::vector<Shown> parts;
    };

    void layOut();
    void layOutLists(double top);
    void paintBar(QPainter &painter, const Bar &bar, int stage) const;
    void paintList(QPainter &painter, const Bar &bar, int stage) const;
    void choose(Part part);
    void step(int by);
    void stepStage(int by);
    void show(Part part);
    [[nodiscard]] const Shown *shown(Part part) const;

    const Theme &m_theme;
    std::vector<Bar> m_bars;
    std::uint64_t m_heaviest = 0;
    double m_height = 0;
    Part m_current;
    Part m_hover;
};

} // namespace stagewright
