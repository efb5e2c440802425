"""Reads exported files with the readers of other tools, and prints what they found as JSON.

Usage: read_exports.py coco <file> | yolo <data.yaml> <part> | label-studio <config> <tasks> | csv <file>
"""

import contextlib
import csv
import importlib.util
import io
import json
import pathlib
import sys


def coco(path):
    from pycocotools import mask
    from pycocotools.coco import COCO

    # It prints how it gets on.
    with contextlib.redirect_stdout(io.StringIO()):
        file = COCO(path)
    found = []
    for annotation in file.loadAnns(file.getAnnIds()):
        image = file.loadImgs(annotation["image_id"])[0]
        entry = {
            "image": image["file_name"],
            "class": file.loadCats(annotation["category_id"])[0]["name"],
            "bbox": annotation["bbox"],
            "area": annotation["area"],
        }
        if annotation["segmentation"] and "width" in image:
            rle = file.annToRLE(annotation)
            pixels = mask.decode(rle)
            entry["pixels"] = [[int(y), int(x)] for y, x in zip(*pixels.nonzero())]
            entry["pixel_area"] = int(mask.area(rle))
            entry["pixel_bbox"] = [float(side) for side in mask.toBbox(rle)]
        found.append(entry)
    images = [image["file_name"] for image in file.loadImgs(file.getImgIds())]
    classes = [category["name"] for category in file.loadCats(file.getCatIds())]
    return {"images": images, "classes": classes, "annotations": found}


def yolo(path, part):
    from labelformat.formats.yolov8 import YOLOv8ObjectDetectionInput

    data = YOLOv8ObjectDetectionInput(input_file=pathlib.Path(path), input_split=part)
    return {
        "classes": [category.name for category in data.get_categories()],
        "images": [
            {
                "image": label.image.filename,
                "size": [label.image.width, label.image.height],
                "boxes": [
                    {
                        "class": found.category.name,
                        "ends": [found.box.xmin, found.box.ymin, found.box.xmax, found.box.ymax],
                    }
                    for found in label.objects
                ],
            }
            for label in data.get_labels()
        ],
    }


def label_studio(config, tasks):
    import label_studio_sdk
    from label_studio_sdk.label_interface import LabelInterface

    # The package around it loads what training needs.
    where = pathlib.Path(label_studio_sdk.__file__).parent / "converter" / "brush.py"
    spec = importlib.util.spec_from_file_location("brush", where)
    brush = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(brush)

    interface = LabelInterface(pathlib.Path(config).read_text(encoding="utf-8"))
    interface.validate()
    found = []
    for task in json.loads(pathlib.Path(tasks).read_text(encoding="utf-8")):
        kinds = [kind for kind in ("annotations", "predictions") if kind in task]
        answers = [answer for kind in kinds for answer in task[kind]]
        results = []
        for result in [result for answer in answers for result in answer["result"]]:
            control = interface.get_control(result["from_name"])
            value = result["value"]
            entry = {"tag": control.tag, "of": control.to_name, "classes": value.get(result["type"])}
            if "rle" in value:
                size = [result["original_height"], result["original_width"]]
                alpha = brush.decode_rle(value["rle"]).reshape([*size, 4])[:, :, 3]
                entry["pixels"] = [[int(y), int(x)] for y, x in zip(*alpha.nonzero())]
            else:
                entry["value"] = {key: value[key] for key in ("x", "y", "width", "height", "start", "end") if key in value}
            if "start" in value:
                # Python counts code points.
                entry["text"] = task["data"][control.to_name[0]][value["start"] : value["end"]]
            results.append(entry)
        found.append(
            {
                "kinds": kinds,
                "data": task["data"],
                "results": results,
                "errors": [error for answer in answers for error in interface.validate_prediction(answer, return_errors=True)],
            }
        )
    return {"classes": {name: list(control.labels) for name, control in interface._controls.items()}, "tasks": found}


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


READERS = {"coco": coco, "yolo": yolo, "label-studio": label_studio, "csv": read_csv}

if __name__ == "__main__":
    print(json.dumps(READERS[sys.argv[1]](*sys.argv[2:])))
