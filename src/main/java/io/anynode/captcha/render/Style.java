package io.anynode.captcha.render;

/**
 * What makes a picture hard. Lengths are in heights of a capital unless said.
 *
 * @param turn most degrees to each side
 * @param slant most, as the way to the side for each way up
 * @param width how far a character's width may be from the usual, as a part of it
 * @param smaller how much smaller than the others a character may be, as a part of its size
 * @param taper how much wider, and taller, a character may become from one end to the other
 * @param hollow how likely a character is drawn as a line around it, 0 to 1
 * @param leastOverlap how far a character reaches into the one before at least; below 0 for a gap
 * @param mostOverlap and at most
 * @param wave how strong the waves are, 1 for the strongest
 * @param ground whether black and white change places below, or above, a line across the picture
 * @param sides lines from top to bottom, to one side of which they do so too
 * @param arcs thin arcs across the picture
 * @param arc half the thickness of an arc, in heights of the picture
 */
record Style(
    float turn,
    float slant,
    float width,
    float smaller,
    float taper,
    float hollow,
    float leastOverlap,
    float mostOverlap,
    float wave,
    boolean ground,
    int sides,
    int arcs,
    float arc) {}
