// Validation of StorageClass, VolumeAttachment, CSIDriver, CSINode.
// upstream: pkg/apis/storage/validation/validation.go
#pragma once

#include "engine/api/storage.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_storage_class(const StorageClass& object, Errors& errors);
void validate_storage_class_update(const StorageClass& now, const StorageClass& old, Errors& errors);
void validate_volume_attachment(const VolumeAttachment& object, Errors& errors);
void validate_volume_attachment_update(const VolumeAttachment& now, const VolumeAttachment& old,
                                       Errors& errors);
void validate_csi_driver(const CSIDriver& object, Errors& errors);
void validate_csi_driver_update(const CSIDriver& now, const CSIDriver& old, Errors& errors);
void validate_csi_node(const CSINode& object, Errors& errors);

}  // namespace kubetab::api
