namespace Dunning.Evidence;

internal enum PackProblemCode
{
    /// <summary>The file is not a ZIP, or its directory is damaged.</summary>
    UnreadableZip,

    /// <summary>It is larger than any pack of this product.</summary>
    TooLarge,
    ManifestMissing,

    /// <summary>The manifest is not JSON of a known schema.</summary>
    ManifestUnreadable,
    SignatureMissing,

    /// <summary>The manifest is not the one that was signed, or the signature cannot be read.</summary>
    SignatureInvalid,

    /// <summary>The signature is valid, and of another key than the expected one.</summary>
    UnknownKey,
    FileChanged,
    FileMissing,

    /// <summary>The manifest does not name the file, or the file is there twice.</summary>
    FileAdded,
    EventChanged,
    EventRemoved,
    EventAdded,

    /// <summary>An event's place in its chain was changed.</summary>
    ChainBroken,

    /// <summary>The events do not end with the link that the manifest names.</summary>
    ChainHeadDiffers,
}
