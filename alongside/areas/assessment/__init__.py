"""Policy section 4, and 15: how every pupil is getting on, at set points of the year, on scales as they really are.

Teachers enter it or a file brings it; leaders see which classes have no data yet. It says nothing about special
educational needs: what is read out of it stands in `areas/identification`.
"""
