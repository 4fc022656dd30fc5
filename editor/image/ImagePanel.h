// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "image/FileTreemap.h"
#include "image/ReadImage.h"
#include "session/StageRole.h"

#include <QThreadPool>
#include <QWidget>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QTreeView;
class QTimer;
QT_END_NAMESPACE

namespace stagewright {

class ChoiceChips;
class EmptyState;
class ExposureModel;
class FilePreview;
class ImageFilesView;
class ImageTreeModel;
class Theme;
class WastedModel;

/// An image that can be looked into: of the target, and of the stages that it needs.
struct ImageChoice
{
    QString name; ///< Of the stage.
    StageRole role = StageRole::Final;
    std::uint64_t bytes = 0; ///< As measured; 0: not known.
};

/// What is inside an image: its files, layer by layer or together, what is wasted, and what it exposes compared with
/// the build stage. Asks for an image when somebody wants to see it; reading is somebody else's work.
class ImagePanel : public QWidget
{
    Q_OBJECT
public:
    enum class View : std::uint8_t { Files, Treemap, Wasted, Exposure };

    explicit ImagePanel(const Theme &theme, QWidget *parent = nullptr);
    ~ImagePanel() override;

    /// The first is the final image, the second the build stage that it is compared with. Forgets all that was read.
    void setImages(std::vector<ImageChoice> images);
    /// What stands there while there is no image; see EmptyState::show().
    void setNotice(const QString &icon, const QString &title, const QString &text, const QString &action = {});
    /// While an image is being read: bytes of the archive so far.
    void setReading(int image, qint64 bytes);
    void setFailed(int image, const QString &error);
    /// What was read. @p origins: one for each layer.
    void setContents(int image, std::shared_ptr<const engine::ImageContents> contents,
                     std::vector<LayerOrigin> origins);
    /// The file that was asked for, or why there is none.
    void showFile(int image, const QString &path, const QByteArray &bytes);
    void showFileError(int image, const QString &path, const QString &error);

    [[nodiscard]] ChoiceChips *viewSwitch() const { return m_switch; }
    void setView(View view);
    [[nodiscard]] View view() const;
    void setImage(int image);
    [[nodiscard]] int image() const { return m_image; }
    /// null: not read yet.
    [[nodiscard]] const ReadImage *read(int image) const;

    // For tests
    [[nodiscard]] ImageFilesView &files() const { return *m_files; }
    [[nodiscard]] ImageTreeModel &fileModel() const { return *m_model; }
    [[nodiscard]] TreemapView &treemap() const { return *m_treemap; }
    [[nodiscard]] WastedModel &wastedModel() const { return *m_wasted; }
    [[nodiscard]] ExposureModel &exposureModel() const { return *m_exposure; }
    [[nodiscard]] FilePreview &preview() const { return *m_preview; }
    [[nodiscard]] EmptyState &emptyState() const { return *m_empty; }
    [[nodiscard]] QComboBox &layerBox() const { return *m_layers; }
    [[nodiscard]] QComboBox &imageBox() const { return *m_imageBox; }
    [[nodiscard]] QLineEdit &filter() const { return *m_filter; }
    [[nodiscard]] QString factsText() const;
    [[nodiscard]] bool isEmpty() const;

Q_SIGNALS:
    void readRequested(int image);
    void cancelRequested();
    /// The beginning of a file, for the preview.
    void fileRequested(int image, const QString &path, qsizetype limit);
    /// All of a file; @p bytes is 0 where the layer does not say it (a hard link).
    void saveRequested(int image, const QString &path, quint64 bytes);
    /// A layer was chosen that an instruction made; its id is that of the build.
    void layerChosen(stagewright::InstructionId built);
    void noticeAction();
    /// An image was read and worked out: what it tells is in read().
    void inspected(int image);
    /// The files of the chosen layers are shown.
    void treeShown();

protected:
    void showEvent(QShowEvent *event) override;

private:
    enum class State : std::uint8_t { Unread, Reading, Failed, Ready };
    struct Image
    {
        ImageChoice choice;
        State state = State::Unread;
        QString error;
        qint64 progress = 0;
        std::optional<ReadImage> read;
        std::vector<LayerOrigin> origins;
        [[nodiscard]] std::size_t baseLayers() const;
    };

    void makeTools(QWidget *tools);
    QWidget *makeFiles();
    QWidget *makeWasted();
    QWidget *makeExposure();
    void applyTheme();
    void want(int image);
    void refresh();
    void showState(const Image &image);
    void fillLayers();
    void chooseLayer(int index);
    void buildTree();
    void treeBuilt(std::shared_ptr<const engine::ImageTree> tree, std::size_t baseLayers);
    void refreshExposure();
    void refreshFacts();
    void applyFilter();
    void previewCurrent();
    [[nodiscard]] Image *current();

    const Theme &m_theme;
    std::vector<Image> m_images;
    int m_image = -1;
    std::uint64_t m_generation = 0; ///< Of the images; results of another one are dropped.
    std::uint64_t m_treeGeneration = 0;
    QThreadPool m_worker;
    FileTreemap m_tree;
    QString m_icon, m_title, m_text, m_action;
    ChoiceChips *m_switch = nullptr;
    QStackedWidget *m_pages = nullptr;
    EmptyState *m_empty = nullptr;
    QWidget *m_content = nullptr;
    QComboBox *m_imageBox = nullptr;
    QComboBox *m_layers = nullptr;
    QLineEdit *m_filter = nullptr;
    QLabel *m_facts = nullptr;
    QStackedWidget *m_views = nullptr;
    ImageFilesView *m_files = nullptr;
    ImageTreeModel *m_model = nullptr;
    FilePreview *m_preview = nullptr;
    TreemapView *m_treemap = nullptr;
    WastedModel *m_wasted = nullptr;
    QTreeView *m_wastedView = nullptr;
    ExposureModel *m_exposure = nullptr;
    QTreeView *m_exposureView = nullptr;
    QLabel *m_headline = nullptr;
    QTimer *m_filterTimer = nullptr;
};

} // namespace stagewright
