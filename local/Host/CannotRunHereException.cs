namespace Dunning.Local;

/// <summary>
/// This machine lacks something. The message tells a person what to do about it and is shown without a stack trace.
/// </summary>
public sealed class CannotRunHereException : Exception
{
    public CannotRunHereException(string message, Exception? cause = null)
        : base(message, cause) { }
}
